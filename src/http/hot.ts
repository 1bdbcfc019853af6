import { checkAccess, verifyKey } from "@/modules/access";
import { accessApi } from "@/modules/access/contract";
import { validateLicense } from "@/modules/licenses";
import { activationsApi } from "@/modules/licenses/contract/activations";
import { ingestUsage } from "@/modules/usage";
import { usageApi } from "@/modules/usage/contract";
import { answerDecision } from "./decision";
import { route } from "./route";

// The hot endpoints exist once, here, and are mounted twice: by their route.ts files, and by
// the front listener, which answers them before Next sees them.

/** POST /v1/check */
export const check = route(
  accessApi.check,
  async (ctx, { body, query }) =>
    answerDecision(await checkAccess(ctx, body), query),
  { mayGoOnAlone: true },
);

/** POST /v1/keys/verify */
export const verify = route(accessApi.verify, async (ctx, { body, query }) =>
  answerDecision(await verifyKey(ctx, body), query),
);

/** POST /v1/usage/events */
export const ingest = route(usageApi.ingest, (ctx, { body }) =>
  ingestUsage(ctx, body),
);

/** POST /v1/licenses/validate */
export const validate = route(activationsApi.validate, (ctx, { body }) =>
  validateLicense(ctx, body),
);
