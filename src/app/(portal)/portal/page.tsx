import type { Metadata } from "next";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getVisibleCustomer } from "@/modules/customers";
import { summarizeOwnUsage } from "@/modules/usage";
import { PageHeader } from "@/ui/display/page-header";
import { UsageCard } from "./usage-card";
import { WindowsCard } from "./windows-card";

export const metadata: Metadata = { title: "Home" };

/** How a customer stands: calls, limits, keys. */
export default async function PortalHome() {
  const ctx = await customerCtx();
  const [customer, usage] = await shown(
    ctx,
    Promise.all([
      getVisibleCustomer(ctx, ctx.actor.customerId),
      summarizeOwnUsage(ctx, {}),
    ]),
  );
  return (
    <>
      <PageHeader title={customer.name} />
      <WindowsCard usage={usage} />
      <UsageCard usage={usage} />
    </>
  );
}
