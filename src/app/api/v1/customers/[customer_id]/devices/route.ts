import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { devicesApi } from "@/modules/licenses/contract/places";

export const GET = route(devicesApi.list, (ctx, { params, query }) =>
  licenses.listDevices(ctx, params.customer_id, query),
);
export const POST = route(devicesApi.add, (ctx, { params, body }) =>
  licenses.addDevice(ctx, params.customer_id, body),
);
