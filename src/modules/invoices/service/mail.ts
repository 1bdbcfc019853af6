import { record } from "@/modules/audit";
import { getBuyer } from "@/modules/customers";
import { sendLetter } from "@/modules/notifications";
import { addJob } from "@/platform/add-job";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { isDelivered } from "@/platform/mail/mailbox";
import { emit } from "@/platform/outbox";
import { newId } from "@/shared/ids";
import type { Invoice } from "../contract";
import { invoiceLetter } from "../letter";
import { findInvoice, updateInvoice } from "../queries/invoices";
import { assertStatus, hold } from "./held";
import { invoicePdf } from "./pdf/document";
import { payUrl } from "./pay-token";
import { reread } from "./shown";

/** The worker's task that mails an invoice. */
export const sendInvoiceTask = "send_invoice";

export type InvoiceMail = {
  /** `eml_…`: what is sent under it is sent once */
  id: string;
  invoice_id: string;
  kind: "issued" | "overdue" | "failed";
  /** an address in the place of the customer's */
  to?: string;
};

/** Have an invoice mailed. Needs billing:write; throws NOT_FOUND, CONFLICT for a draft or a void one. */
export async function requestMail(
  ctx: Ctx,
  id: string,
  to?: string,
): Promise<Invoice> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    const held = await hold(tx, id);
    assertStatus(held, ["open", "paid", "uncollectible"], "sent");
    await addMail(tx, {
      id: newId("eml"),
      invoice_id: id,
      kind: "issued",
      ...(to && { to }),
    });
    await record(tx, {
      action: "invoice.send_requested",
      target: { kind: "invoice", id },
      customerId: held.customer.id,
      before: null,
      after: { to: to ?? held.customer.email },
    });
    return reread(tx, id);
  });
}

/** Have it mailed once the transaction has committed. */
export async function addMail(tx: TxCtx, mail: InvoiceMail): Promise<void> {
  // Making the PDFs of a billing run takes long: what else is due goes first.
  await addJob(tx, sendInvoiceTask, mail, `mail:${mail.id}`, null, true);
}

/**
 * Mail an invoice with its PDF; `sent_at` and the event `invoice.sent` say that it has gone. Throws
 * when sending again later may work, so that the worker does.
 */
export async function mailInvoice(ctx: Ctx, mail: InvoiceMail): Promise<void> {
  const invoice = await findInvoice(ctx, mail.invoice_id);
  const isPast = mail.kind !== "issued" && invoice?.status !== "open";
  if (!invoice?.number || invoice.status === "void" || isPast) return;
  if (!(await isDelivered(ctx, mail.id))) {
    const { language } = await getBuyer(ctx, invoice.customer_id);
    const content = Buffer.from(await invoicePdf(ctx, invoice));
    const letter = invoiceLetter(mail.kind, invoice, language, {
      to: mail.to ?? invoice.buyer?.email ?? "",
      payUrl: payUrl(invoice.id, ctx.now()),
    });
    await sendLetter(ctx, mail.id, `invoice_${mail.kind}`, letter, [
      {
        filename: `${invoice.number}.pdf`,
        contentType: "application/pdf",
        content,
      },
    ]);
  }
  if (mail.kind === "issued" && (await isDelivered(ctx, mail.id)))
    await noteSent(ctx, mail);
}

async function noteSent(ctx: Ctx, { id, invoice_id }: InvoiceMail) {
  await transaction(ctx, async (tx) => {
    const { row } = await hold(tx, invoice_id);
    const { customer_id } = await updateInvoice(tx, {
      id: invoice_id,
      data: { sent_at: row.sent_at ?? tx.now() },
    });
    await emit(tx, {
      name: "invoice.sent",
      payload: { invoice_id, customer_id, mail_id: id },
    });
  });
}
