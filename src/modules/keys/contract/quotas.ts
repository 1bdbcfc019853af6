import * as z from "zod";
import {
  Quotas,
  quotasExample,
  QuotasInput,
} from "@/modules/limits/contract/quotas";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";

const KeyId = z.object({ key_id: idOf("key") });

export const keyQuotasApi = {
  get: endpoint({
    id: "keys.getQuotas",
    method: "GET",
    path: "/v1/keys/{key_id}/quotas",
    summary: "Get a key's own quotas and spend cap, and what is used of them",
    description:
      "They hold beside its customer's, and go on with its successors.",
    audience: ["staff", "service"],
    permission: "keys:read",
    params: KeyId,
    response: Quotas,
    errors: ["NOT_FOUND"],
  }),
  set: endpoint({
    id: "keys.setQuotas",
    method: "PUT",
    path: "/v1/keys/{key_id}/quotas",
    summary: "Set a key's own quotas and spend cap",
    description:
      "They replace all that it had. What the key used in this billing period before it had a quota does not count.",
    audience: ["staff", "service"],
    permission: "keys:write",
    params: KeyId,
    body: QuotasInput,
    response: Quotas,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: quotasExample,
  }),
};
