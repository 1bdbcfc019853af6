import { customerNames, getVisibleCustomer } from "@/modules/customers";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { notFound } from "@/shared/errors";
import { toPage, type PageQuery } from "@/shared/page";
import type { Payment, PaymentQuery, PaymentState } from "../contract";
import { countPayments, findPayment, findPayments } from "../queries/payments";
import type { StoredPayment } from "../queries/row";

/** Payments, newest first. Needs billing:read. */
export async function listPayments(ctx: Ctx, query: PaymentQuery) {
  authorize(ctx, "billing:read");
  const { items, total, exact } = await findPayments(ctx, query);
  return toPage(query, await named(ctx, items), total, exact);
}

/** A customer's payments, newest first. Needs billing:read; its people see their own. */
export async function listCustomerPayments(
  ctx: Ctx,
  customer_id: string,
  query: PageQuery & { status?: PaymentState | undefined },
) {
  authorize(ctx, "billing:read");
  await getVisibleCustomer(ctx, customer_id);
  const { items, total, exact } = await findPayments(ctx, {
    ...query,
    customer_id,
  });
  return toPage(query, await named(ctx, items), total, exact);
}

/** A payment by public id. Needs billing:read; throws NOT_FOUND. */
export async function getPayment(ctx: Ctx, id: string): Promise<Payment> {
  authorize(ctx, "billing:read");
  const payment = await findPayment(ctx, id, owned(ctx));
  if (!payment) throw notFound("payment");
  return withName(ctx, payment);
}

/** A payment with its customer's name. */
export async function withName(
  ctx: Ctx,
  payment: StoredPayment,
): Promise<Payment> {
  const names = await customerNames(ctx, [payment.customer_id]);
  return { ...payment, customer_name: names.get(payment.customer_id) ?? "–" };
}

async function named(ctx: Ctx, payments: StoredPayment[]): Promise<Payment[]> {
  const ids = [...new Set(payments.map(({ customer_id }) => customer_id))];
  const names = await customerNames(ctx, ids);
  return payments.map((payment) => ({
    ...payment,
    customer_name: names.get(payment.customer_id) ?? "–",
  }));
}

/** Payments of a customer: they must be kept, so they block its deletion. */
export async function paymentsBlocker(tx: TxCtx, customerId: string) {
  return { kind: "payments", count: await countPayments(tx, customerId) };
}
