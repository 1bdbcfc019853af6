import { route } from "@/http/route";
import * as audit from "@/modules/audit";
import { auditApi } from "@/modules/audit/contract";

export const GET = route(auditApi.list, (ctx, { query }) =>
  audit.listEntries(ctx, query),
);
