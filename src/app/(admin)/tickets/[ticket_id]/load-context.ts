import "server-only";
import { getCustomer } from "@/modules/customers";
import { listCustomerInvoices } from "@/modules/invoices";
import { listCustomerSubscriptions } from "@/modules/subscriptions";
import { isOver } from "@/modules/subscriptions/ui/subscription-words";
import { listUsageEvents } from "@/modules/usage";
import { may, type Ctx } from "@/platform/context";

const refusalsShown = 5;

/** What one must know of a customer to help: its plan, what it owes, what was refused last. */
export async function loadContext(ctx: Ctx, customer_id: string) {
  const mayBill = may(ctx.actor, "billing:read");
  const [customer, subscriptions, invoices, refusals] = await Promise.all([
    getCustomer(ctx, customer_id),
    mayBill ? listCustomerSubscriptions(ctx, customer_id, {}) : null,
    mayBill
      ? listCustomerInvoices(ctx, customer_id, { status: "open", per_page: 5 })
      : null,
    may(ctx.actor, "usage:read")
      ? listUsageEvents(ctx, {
          customer_id,
          refused: true,
          limit: refusalsShown,
        })
      : null,
  ]);
  return {
    customer,
    subscription: subscriptions?.items.find((one) => !isOver(one)) ?? null,
    invoices: invoices?.items ?? null,
    refusals: refusals?.items ?? null,
  };
}

export type TicketContext = Awaited<ReturnType<typeof loadContext>>;
