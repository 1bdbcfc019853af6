import { route } from "@/http/route";
import { createTaxRate, listTaxRates } from "@/modules/invoices";
import { taxRatesApi } from "@/modules/invoices/contract/tax-rates";

export const GET = route(taxRatesApi.list, (ctx, { query }) =>
  listTaxRates(ctx, query),
);
export const POST = route(taxRatesApi.create, (ctx, { body }) =>
  createTaxRate(ctx, body),
);
