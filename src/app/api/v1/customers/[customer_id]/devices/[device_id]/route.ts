import { route } from "@/http/route";
import * as licenses from "@/modules/licenses";
import { devicesApi } from "@/modules/licenses/contract/places";

export const DELETE = route(devicesApi.remove, (ctx, { params }) =>
  licenses.removeDevice(ctx, params.customer_id, params.device_id),
);
