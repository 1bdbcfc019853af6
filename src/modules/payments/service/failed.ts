import { record } from "@/modules/audit";
import { setPaymentStatus } from "@/modules/invoices";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import type { PaymentState } from "../contract";
import { hasOpenCheckout } from "../queries/checkouts";
import { updateState } from "../queries/payments";
import type { StoredPayment } from "../queries/row";
import { invoiceAt } from "./invoice-at";

const names = {
  pending: null,
  requires_action: "payment.requires_action",
  failed: "payment.failed",
  canceled: "payment.canceled",
} as const;

/** A payment is under way, failed or was given up: its invoice says so, and others are told. */
export async function markUnpaid(
  tx: TxCtx,
  before: StoredPayment,
  status: Exclude<PaymentState, "succeeded">,
  failure: { code: string; message: string } | null,
): Promise<StoredPayment> {
  const payment = await updateState(tx, {
    id: before.id,
    status,
    failure_code: failure?.code.slice(0, 100) ?? null,
    failure_message: failure?.message.slice(0, 500) ?? null,
  });
  const { id, customer_id, invoice_id } = payment;
  if (invoice_id) await tellInvoice(tx, invoice_id, status);
  const name = names[status];
  if (!name) return payment;
  await record(tx, {
    action: name,
    target: { kind: "payment", id },
    customerId: customer_id,
    before: { status: before.status },
    after: { status, ...failure, invoice_id },
  });
  await emit(tx, {
    name,
    payload: {
      payment_id: id,
      customer_id,
      invoice_id,
      provider: payment.provider,
      failure_code: payment.failure_code,
      is_on_page:
        invoice_id !== null &&
        (await hasOpenCheckout(tx, invoice_id, payment.provider)),
    },
  });
  return payment;
}

async function tellInvoice(
  tx: TxCtx,
  id: string,
  status: Exclude<PaymentState, "succeeded">,
): Promise<void> {
  const { status: of } = await invoiceAt(tx, id);
  if (of !== "open" && of !== "uncollectible") return;
  const says = { failed: "failed", canceled: "unpaid" } as const;
  await setPaymentStatus(
    tx,
    id,
    status === "failed" || status === "canceled" ? says[status] : "pending",
  );
}
