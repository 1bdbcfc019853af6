import { route } from "@/http/route";
import { archiveTaxRate } from "@/modules/invoices";
import { taxRatesApi } from "@/modules/invoices/contract/tax-rates";

export const POST = route(taxRatesApi.archive, (ctx, { params }) =>
  archiveTaxRate(ctx, params.tax_rate_id),
);
