import type { Metadata } from "next";
import { shown } from "@/http/shown";
import {
  getCustomerFeatures,
  getCustomerLimits,
  getCustomerQuotas,
  listBoosts,
} from "@/modules/limits";
import { BoostsList } from "@/modules/limits/ui/boosts-list";
import { FeaturesList } from "@/modules/limits/ui/features-list";
import { QuotasList } from "@/modules/limits/ui/quotas-list";
import { SourceBadge } from "@/modules/limits/ui/source-badge";
import { WindowMeters } from "@/modules/limits/ui/window-meters";
import { may } from "@/platform/context";
import { Card } from "@/ui/display/card";
import { loadCustomer, titled, type CustomerParams } from "../load";
import { OpenDialog } from "../open-dialog";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Limits of ${name}`);
}

/** How much the customer may call and use, whose each limit is, and what raises it for a time. */
export default async function CustomerLimitsPage({ params }: CustomerParams) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const { id } = customer;
  const [limits, quotas, { features }, boosts] = await shown(
    ctx,
    Promise.all([
      getCustomerLimits(ctx, id),
      getCustomerQuotas(ctx, id),
      getCustomerFeatures(ctx, id),
      listBoosts(ctx, id, { per_page: 20 }),
    ]),
  );
  const mayWrite = may(ctx.actor, "customers:write");
  const edit = (name: string, verb: string) =>
    mayWrite ? <OpenDialog name={name}>{verb}</OpenDialog> : null;
  const timeZone = customer.time_zone;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card
        title="Rate windows"
        description={
          limits.plan ? `The plan is ${limits.plan}.` : "It has no plan."
        }
        className="lg:col-span-2"
        actions={
          <>
            <SourceBadge source={limits.source} />
            {edit("limits", "Set limits")}
          </>
        }
      >
        <WindowMeters customerId={id} />
      </Card>
      <Card
        title="Quotas and spend cap"
        description={`In its billing period; dates are in ${timeZone}.`}
        className="lg:col-span-2"
        actions={edit("quotas", "Set quotas")}
      >
        <QuotasList quotas={quotas} timeZone={timeZone} withSource />
      </Card>
      <Card title="Boosts" actions={edit("boost", "Add boost")}>
        <BoostsList boosts={boosts.items} mayWrite={mayWrite} />
      </Card>
      <Card title="Features" actions={edit("features", "Set features")}>
        <FeaturesList features={features} />
      </Card>
    </div>
  );
}
