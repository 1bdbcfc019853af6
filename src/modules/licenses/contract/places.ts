import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";

/** A domain of a customer. */
export const Domain = z
  .object({
    id: idOf("dom"),
    customer_id: idOf("cus"),
    name: z.string(),
    note: z.string().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Domain" });
export type Domain = z.output<typeof Domain>;

export const DomainInput = z
  .strictObject({
    name: text(300).meta({
      description:
        "a domain, or an address at it; it is kept in lower case and Punycode",
      example: "shop.example.com",
    }),
    note: text(500).optional(),
  })
  .meta({ id: "DomainInput" });
export type DomainInput = z.output<typeof DomainInput>;

/** A device of a customer, such as a router. */
export const Device = z
  .object({
    id: idOf("dev"),
    customer_id: idOf("cus"),
    name: z.string(),
    identifier: z.string(),
    kind: z.string(),
    last_seen_at: z.iso.datetime().nullable(),
    created_at: z.iso.datetime(),
    updated_at: z.iso.datetime(),
  })
  .meta({ id: "Device" });
export type Device = z.output<typeof Device>;

export const DeviceInput = z
  .strictObject({
    name: text(120),
    identifier: text(120).meta({
      description: "what tells it from others: a MAC address, a serial number",
      example: "00:1A:2B:3C:4D:5E",
    }),
    kind: text(40).optional().meta({ example: "router" }),
  })
  .meta({ id: "DeviceInput" });
export type DeviceInput = z.output<typeof DeviceInput>;

export const PlacesQuery = z.strictObject(pageFields);
export type PlacesQuery = z.output<typeof PlacesQuery>;

const of = (thing: "domains" | "devices") =>
  `/v1/customers/{customer_id}/${thing}` as const;
const reading = {
  method: "GET",
  audience: ["staff", "service"],
  permission: "licenses:read",
  params: CustomerId,
  query: PlacesQuery,
  errors: ["NOT_FOUND"],
} as const;
const writing = {
  audience: ["staff", "service"],
  permission: "licenses:write",
} as const;
const adding = {
  method: "POST",
  ...writing,
  status: 201,
  params: CustomerId,
  errors: ["NOT_FOUND", "CONFLICT"],
} as const;

export const domainsApi = {
  list: endpoint({
    ...reading,
    id: "domains.list",
    path: of("domains"),
    summary: "List a customer's domains",
    response: pageOf(Domain),
  }),
  add: endpoint({
    ...adding,
    id: "domains.add",
    path: of("domains"),
    summary: "Add a domain to a customer",
    body: DomainInput,
    response: Domain,
    example: { name: "shop.example.com" },
  }),
  remove: endpoint({
    ...writing,
    id: "domains.remove",
    method: "DELETE",
    path: `${of("domains")}/{domain_id}`,
    summary: "Remove a domain of a customer",
    params: CustomerId.extend({ domain_id: idOf("dom") }),
    response: Domain,
    errors: ["NOT_FOUND"],
  }),
};

export const devicesApi = {
  list: endpoint({
    ...reading,
    id: "devices.list",
    path: of("devices"),
    summary: "List a customer's devices",
    response: pageOf(Device),
  }),
  add: endpoint({
    ...adding,
    id: "devices.add",
    path: of("devices"),
    summary: "Add a device to a customer",
    body: DeviceInput,
    response: Device,
    example: { name: "Router", identifier: "00:1A:2B:3C:4D:5E" },
  }),
  remove: endpoint({
    ...writing,
    id: "devices.remove",
    method: "DELETE",
    path: `${of("devices")}/{device_id}`,
    summary: "Remove a device of a customer",
    params: CustomerId.extend({ device_id: idOf("dev") }),
    response: Device,
    errors: ["NOT_FOUND"],
  }),
};
