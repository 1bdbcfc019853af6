import { route } from "@/http/route";
import * as reports from "@/modules/reports";
import { reportsApi } from "@/modules/reports/contract";

export const GET = route(reportsApi.overview, (ctx) => reports.overview(ctx));
