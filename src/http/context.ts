import type { Actor, Ctx } from "@/platform/context";
import { systemClock } from "@/platform/clock";
import { prisma } from "@/platform/db";
import { log } from "@/platform/log";
import { newId } from "@/shared/ids";

/** The context of one request. */
export function requestCtx(
  actor: Actor,
  ip: string | null,
  requestId = newId("req"),
): Ctx {
  return {
    actor,
    requestId,
    ip,
    db: prisma(),
    log: log().child({ request_id: requestId }),
    now: systemClock,
  };
}

/** The context of a request by nobody in particular. */
export function publicCtx(ip: string | null, requestId = newId("req")): Ctx {
  return requestCtx({ kind: "public", name: "anyone" }, ip, requestId);
}
