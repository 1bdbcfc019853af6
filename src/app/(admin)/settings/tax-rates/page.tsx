import type { Metadata } from "next";
import { soundParams, type SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listTaxRates } from "@/modules/invoices";
import { TaxRateQuery } from "@/modules/invoices/contract/tax-rates";
import { TaxRateList, NewTaxRate } from "@/modules/invoices/ui/tax-rate-list";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Tax rates" };

type Given = { searchParams: Promise<SearchParams> };

/** The rates of tax, by place. */
export default async function TaxRatesPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "billing:read"))
    return (
      <>
        <PageHeader title="Tax rates" />
        <NotAllowed
          act="see tax rates"
          roles={rolesThatMay("billing:read")}
          permission="billing:read"
        />
      </>
    );
  const { page, per_page, include_archived } = TaxRateQuery.shape;
  const query = TaxRateQuery.parse({
    per_page: 50,
    ...soundParams({ page, per_page, include_archived }, await searchParams),
  });
  const found = await shown(ctx, listTaxRates(ctx, query));
  const mayWrite = may(ctx.actor, "billing:write");
  return (
    <>
      <PageHeader
        title="Tax rates"
        description="Dated, by place: an invoice takes the rate of its customer’s place as it is finalized."
        actions={mayWrite ? <NewTaxRate /> : null}
      />
      <TaxRateList page={found} mayWrite={mayWrite} />
    </>
  );
}
