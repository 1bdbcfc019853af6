import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { listCustomerPayments } from "@/modules/payments";
import { toPaymentQuery } from "@/modules/payments/ui/payment-query";
import { PaymentsList } from "@/modules/payments/ui/payments-list";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { loadCustomer, titled, type CustomerParams } from "../load";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Payments of ${name}`);
}

type Given = CustomerParams & { searchParams: Promise<SearchParams> };

/** What the customer has paid. */
export default async function CustomerPaymentsPage({
  params,
  searchParams,
}: Given) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  if (!may(ctx.actor, "billing:read"))
    return (
      <NotAllowed
        act="see payments"
        roles={rolesThatMay("billing:read")}
        permission="billing:read"
      />
    );
  const query = toPaymentQuery(await searchParams, customer.id);
  const page = await shown(ctx, listCustomerPayments(ctx, customer.id, query));
  const { id, name, currency } = customer;
  return (
    <PaymentsList
      page={page}
      mayWrite={may(ctx.actor, "billing:write")}
      customer={{ id, name, currency }}
    />
  );
}
