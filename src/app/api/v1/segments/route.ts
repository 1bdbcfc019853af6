import { route } from "@/http/route";
import * as customers from "@/modules/customers";
import { segmentsApi } from "@/modules/customers/contract/segments";

export const GET = route(segmentsApi.list, (ctx) =>
  customers.listSegments(ctx),
);
export const POST = route(segmentsApi.create, (ctx, { body }) =>
  customers.createSegment(ctx, body),
);
