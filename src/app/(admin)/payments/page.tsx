import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listPayments } from "@/modules/payments";
import { toPaymentQuery } from "@/modules/payments/ui/payment-query";
import {
  PaymentsList,
  RecordPayment,
} from "@/modules/payments/ui/payments-list";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Payments" };

type Given = { searchParams: Promise<SearchParams> };

/** Money that came, by every provider and by hand. */
export default async function PaymentsPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "billing:read"))
    return (
      <>
        <PageHeader title="Payments" />
        <NotAllowed
          act="see payments"
          roles={rolesThatMay("billing:read")}
          permission="billing:read"
        />
      </>
    );
  const query = toPaymentQuery(await searchParams);
  const page = await shown(ctx, listPayments(ctx, query));
  const mayWrite = may(ctx.actor, "billing:write");
  return (
    <>
      <PageHeader
        title="Payments"
        description="Money that came in, by providers and by hand, with the invoices it paid and what went back."
        actions={mayWrite ? <RecordPayment isPrimary /> : null}
      />
      <PaymentsList page={page} mayWrite={mayWrite} />
    </>
  );
}
