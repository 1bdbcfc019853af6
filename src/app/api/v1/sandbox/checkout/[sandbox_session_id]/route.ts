import { route } from "@/http/route";
import * as payments from "@/modules/payments";
import { sandboxApi } from "@/modules/payments/contract/checkout";

export const GET = route(sandboxApi.session, (ctx, { params }) =>
  payments.getSandboxSession(ctx, params.sandbox_session_id),
);

export const POST = route(sandboxApi.act, (ctx, { params, body }) =>
  payments.actInSandbox(ctx, params.sandbox_session_id, body),
);
