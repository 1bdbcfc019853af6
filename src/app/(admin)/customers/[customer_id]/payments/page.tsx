import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { listCustomerPayments, listMethods } from "@/modules/payments";
import { MethodList } from "@/modules/payments/ui/method-list";
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

/** What the customer has paid, and what it is charged on. */
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
  const { id, name, currency } = customer;
  const [page, methods] = await shown(
    ctx,
    Promise.all([listCustomerPayments(ctx, id, query), listMethods(ctx, id)]),
  );
  const mayWrite = may(ctx.actor, "billing:write");
  return (
    <>
      <PaymentsList
        page={page}
        mayWrite={mayWrite}
        customer={{ id, name, currency }}
      />
      {methods.items.length > 0 ? (
        <MethodList
          methods={methods.items}
          mayWrite={mayWrite}
          canAdd={false}
          title="Payment methods"
        />
      ) : null}
    </>
  );
}
