import { route } from "@/http/route";
import * as ledger from "@/modules/ledger";
import { ledgerApi } from "@/modules/ledger/contract";

export const PUT = route(ledgerApi.setBalance, (ctx, { params, body }) =>
  ledger.setBalance(ctx, params.customer_id, body),
);
