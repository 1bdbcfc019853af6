import type { Metadata } from "next";
import { loadPlanOptions } from "@/app/(admin)/licenses/plan-options";
import type { SearchParams } from "@/client/sound-params";
import { shown } from "@/http/shown";
import { listLicenses } from "@/modules/licenses";
import { LicenseList } from "@/modules/licenses/ui/license-list";
import { toLicenseQuery } from "@/modules/licenses/ui/license-query";
import { may } from "@/platform/context";
import { loadCustomer, titled, type CustomerParams } from "../load";
import { OpenDialog } from "../open-dialog";

export function generateMetadata(props: CustomerParams): Promise<Metadata> {
  return titled(props, (name) => `Licenses of ${name}`);
}

type Given = CustomerParams & { searchParams: Promise<SearchParams> };

/** The customer's licenses. */
export default async function CustomerLicensesPage({
  params,
  searchParams,
}: Given) {
  const { ctx, customer } = await loadCustomer((await params).customer_id);
  const query = toLicenseQuery(await searchParams);
  const mine = { ...query, customer_id: customer.id };
  const [page, plans] = await shown(
    ctx,
    Promise.all([listLicenses(ctx, mine), loadPlanOptions(ctx)]),
  );
  const add = may(ctx.actor, "licenses:write") ? (
    <OpenDialog name="add-license" isPrimary>
      Add license
    </OpenDialog>
  ) : null;
  return <LicenseList page={page} plans={plans} isOfCustomer action={add} />;
}
