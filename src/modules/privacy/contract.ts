import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { closingApi } from "./contract/closing";

export * from "./contract/closing";

const at = z.iso.datetime();

/** The erasure of a customer. */
export const Erasure = z
  .object({
    id: idOf("era"),
    customer_id: idOf("cus"),
    status: z.enum(["scheduled", "waiting", "running", "done", "canceled"]),
    asked_by: z.object({
      kind: z.enum(["staff", "service", "customer", "system"]),
      name: z.string(),
    }),
    due_at: at.meta({ description: "it does not begin before" }),
    steps_done: z.number().int(),
    steps_total: z.number().int(),
    waits_for: z.string().nullable().meta({
      description: "what it waits for, in words",
    }),
    created_at: at,
    finished_at: at.nullable(),
  })
  .meta({ id: "Erasure" });
export type Erasure = z.output<typeof Erasure>;

export const ErasureInput = z
  .strictObject({
    confirm: text(320).meta({
      description: "the customer's name or email, so that nobody else is meant",
    }),
  })
  .meta({ id: "ErasureInput" });

const CustomerId = z.object({ customer_id: idOf("cus") });
const Found = z.object({ erasure: Erasure.nullable() });
const staff = { audience: ["staff", "service"] } as const;
const archive = {
  files: ["application/zip"],
  response: z.string().meta({ description: "a file", format: "binary" }),
};

export const privacyApi = {
  export: endpoint({
    id: "privacy.export",
    method: "GET",
    path: "/v1/customers/{customer_id}/data-export",
    summary: "Download all that is kept of a customer",
    description:
      "A ZIP of one JSON file a table, the files of its tickets, and index.json, which says what each holds. Secrets and their hashes are left out.",
    ...staff,
    permission: "customers:write",
    params: CustomerId,
    ...archive,
    errors: ["NOT_FOUND"],
  }),
  ownExport: endpoint({
    id: "privacy.ownExport",
    method: "GET",
    path: "/v1/account/data-export",
    summary: "Download all that is kept of one's own account",
    description:
      "For its owners. As staff export it, without what staff noted among themselves and where other people signed in.",
    audience: ["customer"],
    permission: "members:write",
    ...archive,
  }),
  erase: endpoint({
    id: "privacy.erase",
    method: "POST",
    path: "/v1/customers/{customer_id}/erase",
    summary: "Erase a customer for good",
    description:
      "Invoices, credit notes, payments and the ledger stay, as the law wants them; all else that says who it was is deleted. 409 lists in details.blockers what must end before. A job does it; ask for the erasure to see how far it is.",
    ...staff,
    permission: "customers:erase",
    status: 202,
    params: CustomerId,
    body: ErasureInput,
    response: Erasure,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { confirm: "Analytical Engines" },
  }),
  erasure: endpoint({
    id: "privacy.erasure",
    method: "GET",
    path: "/v1/customers/{customer_id}/erasure",
    summary: "Get how far the erasure of a customer is",
    ...staff,
    permission: "customers:read",
    params: CustomerId,
    response: Found,
    errors: ["NOT_FOUND"],
  }),
  cancelErasure: endpoint({
    id: "privacy.cancelErasure",
    method: "DELETE",
    path: "/v1/customers/{customer_id}/erasure",
    summary: "Keep a customer that closes its account",
    description:
      "As its owners can, until the time has come: 409 once the erasure has begun.",
    ...staff,
    permission: "customers:write",
    params: CustomerId,
    response: Found,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  ...closingApi,
};
