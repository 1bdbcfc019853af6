import type { Metadata } from "next";
import type { SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listPrices, listProviders } from "@/modules/pricing";
import { NewPrice, PriceList } from "@/modules/pricing/ui/price-list";
import { toPriceQuery } from "@/modules/pricing/ui/price-query";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Price book" };

type Given = { searchParams: Promise<SearchParams> };

/** What the units of providers cost, from when to when. */
export default async function PriceBookPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "plans:read"))
    return (
      <>
        <PageHeader title="Price book" />
        <NotAllowed
          act="see prices"
          roles={rolesThatMay("plans:read")}
          permission="plans:read"
        />
      </>
    );
  const query = toPriceQuery(await searchParams);
  const [page, providers] = await shown(
    ctx,
    Promise.all([listPrices(ctx, query), listProviders(ctx)]),
  );
  const mayWrite = may(ctx.actor, "plans:write");
  return (
    <>
      <PageHeader
        title="Price book"
        description="What providers charge, in USD. Usage costs what the price in force at its time says; a change never reaches back."
        actions={mayWrite ? <NewPrice /> : null}
      />
      <PriceList page={page} providers={providers} mayWrite={mayWrite} />
    </>
  );
}
