import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { customerCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { listLicenses } from "@/modules/licenses";
import { toLicenseQuery } from "@/modules/licenses/ui/license-query";
import { OwnLicenses } from "@/modules/licenses/ui/own-licenses";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Licenses" };

type Given = { searchParams: Promise<SearchParams> };

/** The licenses of the viewer's customer. */
export default async function PortalLicensesPage({ searchParams }: Given) {
  const ctx = await customerCtx();
  const query = toLicenseQuery(await searchParams);
  const mine = { ...query, customer_id: ctx.actor.customerId };
  const page = await shown(ctx, listLicenses(ctx, mine));
  return (
    <>
      <PageHeader
        title="Licenses"
        description="Each key unlocks the software on the machines or domains that you activate it on."
      />
      <OwnLicenses page={page} />
    </>
  );
}
