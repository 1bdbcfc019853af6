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
