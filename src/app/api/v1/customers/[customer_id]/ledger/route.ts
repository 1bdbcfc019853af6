import { route } from "@/http/route";
import { statement } from "@/modules/ledger";
import { ledgerApi } from "@/modules/ledger/contract";

export const GET = route(ledgerApi.statement, (ctx, { params, query }) =>
  statement(ctx, params.customer_id, query),
);
