import { route } from "@/http/route";
import * as meters from "@/modules/meters";
import { metersApi } from "@/modules/meters/contract";

export const GET = route(metersApi.get, (ctx, { params }) =>
  meters.getMeter(ctx, params.meter_id),
);
export const PATCH = route(metersApi.update, (ctx, { params, body }) =>
  meters.changeMeter(ctx, params.meter_id, body),
);
export const DELETE = route(metersApi.archive, (ctx, { params }) =>
  meters.archiveMeter(ctx, params.meter_id),
);
