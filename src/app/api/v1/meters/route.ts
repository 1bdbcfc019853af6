import { route } from "@/http/route";
import * as meters from "@/modules/meters";
import { metersApi } from "@/modules/meters/contract";

export const GET = route(metersApi.list, (ctx, { query }) =>
  meters.listMeters(ctx, query),
);
export const POST = route(metersApi.create, (ctx, { body }) =>
  meters.createMeter(ctx, body),
);
