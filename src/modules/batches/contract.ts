import * as z from "zod";
import { CustomerFilters } from "@/modules/customers/contract";
import { Tags } from "@/modules/customers/contract/tags";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields } from "@/shared/page";

const whole = z.number().int();

export const batchActions = [
  "suspend",
  "activate",
  "archive",
  "tag",
  "untag",
  "email",
] as const;
export type BatchAction = (typeof batchActions)[number];

/** What an action takes beside its customers: all of `needs`, and none of what is in neither. */
const details: Record<
  BatchAction,
  { needs: readonly string[]; takes: readonly string[] }
> = {
  suspend: { needs: [], takes: ["reason"] },
  activate: { needs: [], takes: ["reason"] },
  archive: { needs: [], takes: ["reason"] },
  tag: { needs: ["tags"], takes: [] },
  untag: { needs: ["tags"], takes: [] },
  email: { needs: ["subject", "text"], takes: [] },
};

export const BatchInput = z
  .strictObject({
    action: z.enum(batchActions),
    customer_ids: z.array(idOf("cus")).min(1).max(1_000).optional().meta({
      description: "these customers; in place of filters and segment",
    }),
    filters: CustomerFilters.optional().meta({
      description: "all that GET customers finds by these; {} is every one",
    }),
    segment: idOf("seg").optional().meta({
      description: "all of a segment; beside filters, those that fit both",
    }),
    tags: Tags.min(1).optional().meta({ description: "for tag and untag" }),
    reason: text(500).optional().meta({
      description: "for the audit log, with suspend, activate and archive",
    }),
    subject: text(150).optional().meta({ description: "for email" }),
    text: text(10_000).optional().meta({
      description: "for email: plain text, a paragraph a line",
    }),
  })
  .superRefine((input, context) => {
    const { needs, takes } = details[input.action];
    for (const name of ["tags", "reason", "subject", "text"] as const) {
      const isGiven = input[name] !== undefined;
      if (isGiven && ![...needs, ...takes].includes(name))
        problem(name, `does not go with ${input.action}`);
      if (!isGiven && needs.includes(name))
        problem(name, `is required with ${input.action}`);
    }
    const isByFilter =
      input.filters !== undefined || input.segment !== undefined;
    if (isByFilter === (input.customer_ids !== undefined))
      problem(
        "customer_ids",
        "is required, or else filters or segment; give only one of the two",
      );
    function problem(name: string, message: string) {
      context.addIssue({ code: "custom", path: [name], message });
    }
  })
  .meta({ id: "BatchInput" });
export type BatchInput = z.output<typeof BatchInput>;

export const batchResults = [
  "waiting",
  "done",
  "unchanged",
  "refused",
] as const;
export type BatchResult = (typeof batchResults)[number];

/** One act on many customers, and how far it has come. */
export const Batch = z
  .object({
    id: idOf("bch"),
    action: z.enum(batchActions),
    status: z.enum(["preparing", "running", "done"]).meta({
      description: "preparing: its customers are being found, and none changed",
    }),
    tags: z.array(z.string()).nullable(),
    reason: z.string().nullable(),
    subject: z.string().nullable(),
    total: whole.meta({ description: "while preparing, those found so far" }),
    done: whole,
    unchanged: whole.meta({ description: "were already as they should be" }),
    refused: whole,
    created_by: z.object({ kind: z.string(), name: z.string() }),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Batch" });
export type Batch = z.output<typeof Batch>;

const BatchItem = z.object({
  customer: z.object({
    id: idOf("cus"),
    name: z.string().nullable().meta({ description: "null: it is gone" }),
  }),
  result: z.enum(batchResults),
  reason: z.string().nullable(),
});
export type BatchItem = z.output<typeof BatchItem>;

export const BatchQuery = z.strictObject({
  ...cursorFields(idOf("cus")),
  result: z.enum(batchResults).optional(),
});
export type BatchQuery = z.output<typeof BatchQuery>;

const staff = { audience: ["staff", "service"] } as const;

export const batchesApi = {
  create: endpoint({
    id: "batches.create",
    method: "POST",
    path: "/v1/customers/bulk",
    summary: "Suspend, activate, archive, tag or mail many customers",
    description:
      "Answers at once; a job does it, each customer once, as the single acts do: with an audit row and an event each. Mails are service mails, which nobody can unsubscribe from.",
    ...staff,
    permission: "customers:write",
    status: 202,
    body: BatchInput,
    response: Batch,
    errors: ["NOT_FOUND"],
    example: {
      action: "tag",
      filters: { status: "suspended" },
      tags: ["win back"],
    },
  }),
  get: endpoint({
    id: "batches.get",
    method: "GET",
    path: "/v1/customers/bulk/{batch_id}",
    summary: "See how far a bulk change has come, customer by customer",
    ...staff,
    permission: "customers:read",
    params: z.object({ batch_id: idOf("bch") }),
    query: BatchQuery,
    response: z.object({
      ...Batch.shape,
      items: z.array(BatchItem),
      next_cursor: z.string().nullable(),
    }),
    errors: ["NOT_FOUND"],
  }),
};
