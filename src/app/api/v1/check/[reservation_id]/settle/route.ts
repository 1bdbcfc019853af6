import { route } from "@/http/route";
import * as access from "@/modules/access";
import { accessApi } from "@/modules/access/contract";

export const POST = route(accessApi.settle, (ctx, { params, body }) =>
  access.settleReservation(ctx, params.reservation_id, body),
);
