import { route } from "@/http/route";
import { getPrice } from "@/modules/pricing";
import { pricingApi } from "@/modules/pricing/contract";

export const GET = route(pricingApi.get, (ctx, { params }) =>
  getPrice(ctx, params.price_id),
);
