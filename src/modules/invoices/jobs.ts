import type { ModuleJobs } from "@/platform/jobs";
import { derivedId } from "@/platform/derived-id";
import {
  addMail,
  mailInvoice,
  sendInvoiceTask,
  type InvoiceMail,
} from "./service/mail";
import { findOverdue } from "./service/overdue";

export const invoicesJobs: ModuleJobs = {
  tasks: [
    {
      name: sendInvoiceTask,
      // Safe: only addMail() adds this task.
      run: (ctx, payload) => mailInvoice(ctx, payload as InvoiceMail),
    },
  ],
  timers: [{ name: "invoices_overdue", cron: "17 * * * *", run: findOverdue }],
  listeners: [
    {
      // What the clock bills is mailed by itself; what staff draft, when they say so.
      on: "invoice.finalized",
      run: async (tx, payload, cause) => {
        if (payload["reason"] === "manual") return;
        await addMail(tx, {
          id: derivedId("eml", cause.id, "issued"),
          invoice_id: String(payload["invoice_id"]),
          kind: "issued",
        });
      },
    },
    {
      // Whoever sits at the provider's page sees there that it failed; without a card on file none
      // was expected to be charged.
      on: "payment.failed",
      run: async (tx, payload, cause) => {
        const { invoice_id, is_on_page, failure_code } = payload;
        const isExpected = is_on_page || failure_code === "no_payment_method";
        if (typeof invoice_id !== "string" || isExpected) return;
        await addMail(tx, {
          id: derivedId("eml", cause.id, "failed"),
          invoice_id,
          kind: "failed",
        });
      },
    },
    {
      on: "invoice.overdue",
      run: (tx, payload, cause) =>
        addMail(tx, {
          id: derivedId("eml", cause.id, "overdue"),
          invoice_id: String(payload["invoice_id"]),
          kind: "overdue",
        }),
    },
  ],
};
