import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { segmentsApi } from "@/modules/customers/contract/segments";

export const PATCH = route(segmentsApi.update, (ctx, { params, body }) =>
  customers.changeSegment(ctx, params.segment_id, body),
);
export const DELETE = route(segmentsApi.remove, (ctx, { params }) =>
  customers.removeSegment(ctx, params.segment_id),
);
