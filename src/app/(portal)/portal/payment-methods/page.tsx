import type { Metadata } from "next";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { keepsMethods, listOwnMethods } from "@/modules/payments";
import { MethodList } from "@/modules/payments/ui/method-list";
import { may } from "@/platform/context";
import { PageHeader } from "@/ui/display/page-header";
import { NoBilling } from "../no-billing";
import { AskSeller } from "../ask-seller";

export const metadata: Metadata = { title: "Payment methods" };

/** The ways to pay of the viewer's customer. */
export default async function PortalPaymentMethodsPage() {
  const ctx = await customerCtx();
  const header = (
    <PageHeader
      title="Payment methods"
      description="Cards and accounts that a payment provider keeps for you; no number of them is kept here"
    />
  );
  if (!may(ctx.actor, "billing:read")) return <NoBilling header={header} />;
  const { items } = await shown(ctx, listOwnMethods(ctx));
  return (
    <>
      {header}
      <AskSeller
        actor={ctx.actor}
        permission="billing:write"
        of={["payment_methods"]}
      />
      <MethodList
        methods={items}
        mayWrite={may(ctx.actor, "billing:write", "payment_methods")}
        canAdd={keepsMethods()}
      />
    </>
  );
}
