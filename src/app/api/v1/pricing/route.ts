import { route } from "@/http/route";
import { currentPricing } from "@/modules/pricing";
import { pricingApi } from "@/modules/pricing/contract";

export const GET = route(pricingApi.pricing, (ctx) => currentPricing(ctx));
