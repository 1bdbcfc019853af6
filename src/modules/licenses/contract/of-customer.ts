import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { pageOf } from "@/shared/page";
import {
  CustomerLicenseInput,
  License,
  LicenseId,
  LicenseQuery,
} from "../contract";

const staffOnly = {
  audience: ["staff", "service"],
  permission: "licenses:write",
} as const;

/** Licenses by the customer that has them. */
export const customerLicensesApi = {
  listOfCustomer: endpoint({
    id: "licenses.listOfCustomer",
    method: "GET",
    path: "/v1/customers/{customer_id}/licenses",
    summary: "List a customer's licenses",
    audience: ["staff", "service"],
    permission: "licenses:read",
    params: CustomerId,
    query: LicenseQuery.omit({ customer_id: true }),
    response: pageOf(License),
    errors: ["NOT_FOUND"],
  }),
  issueToCustomer: endpoint({
    id: "licenses.issueToCustomer",
    method: "POST",
    path: "/v1/customers/{customer_id}/licenses",
    summary: "Add a license to a customer",
    ...staffOnly,
    status: 201,
    params: CustomerId,
    body: CustomerLicenseInput,
    response: License,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { name: "Pro", interval: "month", max_domains: 1 },
  }),
  revokeOfCustomer: endpoint({
    id: "licenses.revokeOfCustomer",
    method: "DELETE",
    path: "/v1/customers/{customer_id}/licenses/{license_id}",
    summary: "Revoke a customer's license for good",
    ...staffOnly,
    params: CustomerId.extend(LicenseId.shape),
    response: License,
    errors: ["NOT_FOUND"],
  }),
};
