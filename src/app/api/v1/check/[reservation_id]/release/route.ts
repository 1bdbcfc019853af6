import { route } from "@/http/route";
import * as access from "@/modules/access";
import { accessApi } from "@/modules/access/contract";

export const POST = route(accessApi.release, (ctx, { params }) =>
  access.releaseReservation(ctx, params.reservation_id),
);
