import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listLicenses } from "@/modules/licenses";
import { AddLicense } from "@/modules/licenses/ui/add-license";
import { LicenseList } from "@/modules/licenses/ui/license-list";
import { toLicenseQuery } from "@/modules/licenses/ui/license-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { loadPlanOptions } from "../plan-options";

export const metadata: Metadata = { title: "Licenses" };

type Given = { searchParams: Promise<SearchParams> };

/** Every license. */
export default async function LicensesPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "licenses:read"))
    return (
      <>
        <PageHeader title="Licenses" />
        <NotAllowed
          act="see licenses"
          roles={rolesThatMay("licenses:read")}
          permission="licenses:read"
        />
      </>
    );
  const query = toLicenseQuery(await searchParams);
  const [page, plans] = await shown(
    ctx,
    Promise.all([listLicenses(ctx, query), loadPlanOptions(ctx)]),
  );
  const add = may(ctx.actor, "licenses:write") ? (
    <AddLicense mayBill={may(ctx.actor, "billing:write")} />
  ) : null;
  return (
    <>
      <PageHeader title="Licenses" actions={add} />
      <LicenseList page={page} plans={plans} />
    </>
  );
}
