import { route } from "@/http/route";
import { closePrice } from "@/modules/pricing";
import { pricingApi } from "@/modules/pricing/contract";

export const POST = route(pricingApi.close, (ctx, { params, body }) =>
  closePrice(ctx, params.price_id, body),
);
