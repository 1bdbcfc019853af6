import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import {
  Currency,
  Email,
  FlagParam,
  Instant,
  searchText,
  text,
} from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { pageFields, pageOf } from "@/shared/page";
import { CreditNote, CreditNoteInput } from "./contract/credit-notes";
import {
  Invoice,
  InvoiceStatus,
  InvoiceSummary,
  PaymentStatus,
  PayView,
} from "./contract/invoice";
import { LineInput } from "./contract/parts";

export { InvoiceLine, LineInput, Party } from "./contract/parts";
export { CreditNote, CreditNoteInput } from "./contract/credit-notes";
export {
  Invoice,
  InvoiceStatus,
  InvoiceSummary,
  PaymentStatus,
  PayView,
} from "./contract/invoice";

const draftFields = {
  lines: z.array(LineInput).min(1).max(1_000),
  memo: text(2_000).nullish(),
  due_at: Instant.nullish().meta({
    description: "left out: the payment terms after finalization",
  }),
};

export const InvoiceInput = z
  .strictObject({
    customer_id: idOf("cus"),
    currency: Currency.optional().meta({
      description: "the customer's unless said",
    }),
    ...draftFields,
  })
  .meta({ id: "InvoiceInput" });
export type InvoiceInput = z.output<typeof InvoiceInput>;

export const InvoicePatch = z
  .strictObject(draftFields)
  .partial()
  .meta({ id: "InvoicePatch" });
export type InvoicePatch = z.output<typeof InvoicePatch>;

export const InvoiceQuery = z
  .strictObject({
    ...pageFields,
    status: InvoiceStatus.optional(),
    payment_status: PaymentStatus.optional(),
    customer_id: idOf("cus").optional(),
    overdue: FlagParam.optional(),
    from: Instant.optional().meta({ description: "created at or after" }),
    to: Instant.optional().meta({ description: "created before" }),
    search: searchText(60).optional().meta({ description: "part of a number" }),
  })
  .meta({ id: "InvoiceQuery" });
export type InvoiceQuery = z.output<typeof InvoiceQuery>;

export const OwnInvoiceQuery = z.strictObject({
  ...pageFields,
  status: z.enum(["open", "paid", "void", "uncollectible"]).optional(),
});

const InvoiceId = z.object({ invoice_id: idOf("ivc") });
const readers = {
  audience: ["staff", "service", "customer"],
  permission: "billing:read",
  params: InvoiceId,
  errors: ["NOT_FOUND"],
} as const;
const writers = {
  audience: ["staff", "service"],
  permission: "billing:write",
} as const;
const act = {
  method: "POST",
  ...writers,
  params: InvoiceId,
  response: Invoice,
  errors: ["NOT_FOUND", "CONFLICT"],
} as const;
const why = z.strictObject({ reason: text(500).optional() });
const example = {
  lines: [{ description: "Set-up", quantity: "1", unit_price: "250.00" }],
};

export const invoicesApi = {
  list: endpoint({
    id: "invoices.list",
    method: "GET",
    path: "/v1/invoices",
    summary: "List invoices, newest first",
    audience: ["staff", "service"],
    permission: "billing:read",
    query: InvoiceQuery,
    response: pageOf(InvoiceSummary),
  }),
  create: endpoint({
    id: "invoices.create",
    method: "POST",
    path: "/v1/invoices",
    summary: "Draft an invoice of one-off lines",
    ...writers,
    status: 201,
    body: InvoiceInput,
    response: Invoice,
    errors: ["NOT_FOUND"],
    example: { customer_id: "cus_01jd0000000000000000000000", ...example },
  }),
  get: endpoint({
    id: "invoices.get",
    method: "GET",
    path: "/v1/invoices/{invoice_id}",
    summary: "Get an invoice",
    versioned: true,
    ...readers,
    response: Invoice,
  }),
  update: endpoint({
    id: "invoices.update",
    method: "PATCH",
    path: "/v1/invoices/{invoice_id}",
    summary: "Change a draft",
    description: "Lines that are given take the place of all that were there.",
    ...writers,
    versioned: true,
    params: InvoiceId,
    body: InvoicePatch,
    response: Invoice,
    errors: ["NOT_FOUND", "CONFLICT"],
    example,
  }),
  remove: endpoint({
    id: "invoices.remove",
    method: "DELETE",
    path: "/v1/invoices/{invoice_id}",
    summary: "Delete a draft",
    ...writers,
    versioned: true,
    params: InvoiceId,
    response: z.object({ id: idOf("ivc"), deleted: z.literal(true) }),
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  finalize: endpoint({
    id: "invoices.finalize",
    path: "/v1/invoices/{invoice_id}/finalize",
    summary: "Give a draft its number: from then on it never changes",
    description:
      "Tax is that of the moment. Credit of the customer is taken first; what is left is due.",
    ...act,
  }),
  send: endpoint({
    id: "invoices.send",
    path: "/v1/invoices/{invoice_id}/send",
    summary: "Mail an invoice, with its PDF",
    description: "sent_at is set once the mail has gone.",
    ...act,
    status: 202,
    body: z.strictObject({
      to: Email.optional().meta({ description: "the customer's unless said" }),
    }),
    example: {},
  }),
  void: endpoint({
    id: "invoices.void",
    path: "/v1/invoices/{invoice_id}/void",
    summary: "Void an open invoice of which nothing was paid",
    ...act,
    body: why,
    example: { reason: "Issued twice" },
  }),
  markUncollectible: endpoint({
    id: "invoices.markUncollectible",
    path: "/v1/invoices/{invoice_id}/mark-uncollectible",
    summary: "Write an open invoice off",
    description: "It may still be paid.",
    ...act,
    body: why,
    example: { reason: "Bankrupt" },
  }),
  credit: endpoint({
    id: "invoices.credit",
    path: "/v1/invoices/{invoice_id}/credit-notes",
    summary: "Issue a credit note on an invoice",
    description:
      "It lowers what is due first; the rest becomes credit, or is refunded.",
    ...act,
    status: 201,
    body: CreditNoteInput,
    response: CreditNote,
    example: { amount: { amount: 100, currency: "USD" }, reason: "Goodwill" },
  }),
  pdf: endpoint({
    id: "invoices.pdf",
    method: "GET",
    path: "/v1/invoices/{invoice_id}/pdf",
    summary: "Download an invoice as a PDF",
    ...readers,
    files: ["application/pdf"],
    response: z.string().meta({ description: "a file", format: "binary" }),
  }),
  listOfCustomer: endpoint({
    id: "invoices.listOfCustomer",
    method: "GET",
    path: "/v1/customers/{customer_id}/invoices",
    summary: "List a customer's invoices",
    audience: ["staff", "service"],
    permission: "billing:read",
    params: CustomerId,
    query: InvoiceQuery.omit({ customer_id: true }),
    response: pageOf(InvoiceSummary),
    errors: ["NOT_FOUND"],
  }),
  listOwn: endpoint({
    id: "invoices.listOwn",
    method: "GET",
    path: "/v1/billing/invoices",
    summary: "List one's own invoices",
    audience: ["customer"],
    permission: "billing:read",
    query: OwnInvoiceQuery,
    response: pageOf(InvoiceSummary),
  }),
  payView: endpoint({
    id: "invoices.payView",
    method: "GET",
    path: "/v1/pay/{token}",
    summary: "See what a pay link is for",
    audience: ["public"],
    params: z.object({ token: z.string().max(200) }),
    response: PayView,
    errors: ["NOT_FOUND", "GONE"],
  }),
};
