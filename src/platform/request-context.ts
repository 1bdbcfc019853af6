import type { Actor, Ctx } from "./context";
import { systemClock } from "./clock";
import { prisma } from "./db";
import { log } from "./log";
import { newId } from "@/shared/ids";

/** The context of one request. */
export function requestCtx(
  actor: Actor,
  ip: string | null,
  requestId = newId("req"),
  userAgent: string | null = null,
): Ctx {
  return {
    actor,
    requestId,
    ip,
    userAgent,
    db: prisma(),
    // Few requests log anything, and a child costs as much as parsing a body.
    get log() {
      return log().child({ request_id: requestId });
    },
    now: systemClock,
  };
}

/** The context of a request by nobody in particular. */
export function publicCtx(
  ip: string | null,
  requestId = newId("req"),
  userAgent: string | null = null,
): Ctx {
  const actor = { kind: "public", name: "anyone" } as const;
  return requestCtx(actor, ip, requestId, userAgent);
}
