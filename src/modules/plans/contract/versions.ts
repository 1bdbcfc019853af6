import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";
import { Plan, PlanId, PlanVersion } from "../contract";
import { PlanTermsInput, termsExample } from "./terms";

const VersionId = PlanId.extend({ version_id: idOf("plv") });
const VersionQuery = z.strictObject(pageFields);

const staff = { audience: ["staff", "service"] } as const;
const readers = { ...staff, permission: "plans:read" } as const;
const writers = { ...staff, permission: "plans:write" } as const;

export const planVersionsApi = {
  list: endpoint({
    id: "planVersions.list",
    method: "GET",
    path: "/v1/plans/{plan_id}/versions",
    summary: "List a plan's versions, the newest first",
    ...readers,
    params: PlanId,
    query: VersionQuery,
    response: pageOf(PlanVersion),
    errors: ["NOT_FOUND"],
  }),
  draft: endpoint({
    id: "planVersions.draft",
    method: "POST",
    path: "/v1/plans/{plan_id}/versions",
    summary: "Begin a new version: a draft with the terms of the current one",
    description: "A plan has one draft at a time.",
    ...writers,
    status: 201,
    params: PlanId,
    response: PlanVersion,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  get: endpoint({
    id: "planVersions.get",
    method: "GET",
    path: "/v1/plans/{plan_id}/versions/{version_id}",
    summary: "Get a version of a plan",
    versioned: true,
    ...readers,
    params: VersionId,
    response: PlanVersion,
    errors: ["NOT_FOUND"],
  }),
  setTerms: endpoint({
    id: "planVersions.setTerms",
    method: "PUT",
    path: "/v1/plans/{plan_id}/versions/{version_id}",
    summary: "Set a draft's terms",
    description: "They replace all that it had. A published version is a 409.",
    versioned: true,
    ...writers,
    params: VersionId,
    body: PlanTermsInput,
    response: PlanVersion,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: termsExample,
  }),
  publish: endpoint({
    id: "planVersions.publish",
    method: "POST",
    path: "/v1/plans/{plan_id}/versions/{version_id}/publish",
    summary: "Publish a draft: new subscriptions get it, and it never changes",
    description:
      "Subscriptions that there are keep their version until they are moved. A draft needs a price, and a charge in each currency for what may go over its quota; what is missing is listed by field in the 409.",
    versioned: true,
    ...writers,
    params: VersionId,
    response: PlanVersion,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  discard: endpoint({
    id: "planVersions.discard",
    method: "DELETE",
    path: "/v1/plans/{plan_id}/versions/{version_id}",
    summary: "Discard a draft",
    versioned: true,
    ...writers,
    params: VersionId,
    response: Plan,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
