import { route } from "@/http/route";
import { createPrice, listPrices } from "@/modules/pricing";
import { pricingApi } from "@/modules/pricing/contract";

export const GET = route(pricingApi.list, (ctx, { query }) =>
  listPrices(ctx, query),
);
export const POST = route(pricingApi.create, (ctx, { body }) =>
  createPrice(ctx, body),
);
