import type { Metadata } from "next";
import { WindowMeters } from "@/modules/limits/ui/window-meters";
import { UsagePanel } from "@/modules/usage/ui/usage-panel";
import { may } from "@/platform/context";
import { Card } from "@/ui/display/card";
import { loadCustomer, titled, type CustomerParams } from "../load";
import { OpenDialog } from "../open-dialog";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Usage of ${name}`);
}

/** The windows now, and usage over a period. */
export default async function CustomerUsagePage({ params }: CustomerParams) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  return (
    <>
      <Card
        title="Limits now"
        description="Renewed every three seconds"
        actions={
          may(ctx.actor, "customers:write") ? (
            <OpenDialog name="limits">Set limits</OpenDialog>
          ) : null
        }
      >
        <WindowMeters customerId={customer.id} />
      </Card>
      <UsagePanel customerId={customer.id} timeZone={customer.time_zone} />
    </>
  );
}
