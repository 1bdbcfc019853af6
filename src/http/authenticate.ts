import { customerNames, isAdmitted } from "@/modules/customers";
import {
  lastTokenActor,
  sessionActor,
  sessionOfAccessToken,
  tokenActor,
  type Speaker,
} from "@/modules/identity";
import { authorize, type Actor, type Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import type { Endpoint } from "@/shared/endpoint";
import { DomainError } from "@/shared/errors";
import { bearerOf, type Asked } from "./asked";
import { clientIp } from "./front-headers";
import { publicCtx, requestCtx } from "@/platform/request-context";
import { sessionCookie, sessionIdOf } from "./session";

/**
 * Who sends a request, and whether that kind of caller with those permissions may use the
 * endpoint at all. Throws UNAUTHENTICATED or FORBIDDEN.
 */
export async function authenticate(
  request: Asked,
  endpoint: Endpoint,
  requestId: string,
): Promise<Ctx> {
  if (endpoint.audience.includes("public"))
    return publicCtx(
      clientIp(request),
      requestId,
      request.headers.get("user-agent"),
    );
  const actor = await actorOf(request);
  return admit(actor, request, endpoint, requestId);
}

/**
 * The same by what this process last knew of a service token, for an endpoint that goes on while the
 * database does not answer; null for a caller it does not know.
 */
export function authenticateFromMemory(
  request: Asked,
  endpoint: Endpoint,
  requestId: string,
): Ctx | null {
  const actor = lastTokenActor(
    bearerOf(request.headers.get("authorization")) ?? "",
  );
  if (!actor) return null;
  const ctx = admit(actor, request, endpoint, requestId);
  return { ...ctx, isDatabaseAway: true };
}

function admit(
  actor: Actor | null,
  request: Asked,
  endpoint: Endpoint,
  requestId: string,
): Ctx {
  if (!actor)
    throw new DomainError(
      "UNAUTHENTICATED",
      "Sign in, or send a service token: authorization: Bearer tk_…",
      undefined,
      { headers: { "www-authenticate": "Bearer" } },
    );
  const ctx = requestCtx(
    actor,
    clientIp(request),
    requestId,
    request.headers.get("user-agent"),
  );
  if (!endpoint.audience.some((kind) => kind === actor.kind))
    throw new DomainError(
      "FORBIDDEN",
      `This is for ${endpoint.audience.join(" and ")} callers, and you are a ${actor.kind} caller.`,
      { audience: endpoint.audience },
    );
  if (!endpoint.isOpen) refuseRestricted(actor);
  if (endpoint.permission)
    authorize(ctx, endpoint.permission, endpoint.capability);
  return ctx;
}

/** The live session of a cookie, as its person may act now; null for none. */
export async function actorOfCookie(
  token: string | undefined,
  { isAttended = true } = {},
): Promise<Speaker | null> {
  const sessionId = token && (await sessionIdOf(token));
  return sessionId ? admitted(sessionId, isAttended) : null;
}

async function admitted(
  sessionId: string,
  isAttended = true,
): Promise<Speaker | null> {
  const found = await sessionActor(sessionId, { isAttended });
  // Staff may look at the portal of a customer who may not sign in.
  if (found?.actor.kind !== "customer") return found;
  const { customerId, viewer } = found.actor;
  if (viewer) return named(found, customerId);
  return (await isAdmitted(publicCtx(null), customerId)) ? found : null;
}

// While staff look as a customer, the log names both: the customer in the actor's own place.
async function named(found: Speaker, customerId: string): Promise<Speaker> {
  const names = await customerNames(publicCtx(null), [customerId]);
  const name = names.get(customerId) ?? found.actor.name;
  return { ...found, actor: { ...found.actor, name } };
}

function refuseRestricted(actor: Actor): void {
  if (actor.kind !== "staff" && actor.kind !== "customer") return;
  if (actor.restriction === "password")
    throw new DomainError(
      "PASSWORD_CHANGE_REQUIRED",
      "Choose a password of your own first: POST /api/v1/auth/change-password.",
    );
  if (actor.restriction === "two_factor")
    throw new DomainError(
      "TWO_FACTOR_ENROLLMENT_REQUIRED",
      "Turn on two-factor sign-in first: POST /api/v1/auth/two-factor/enroll.",
    );
}

async function actorOf(request: Asked): Promise<Actor | null> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const secret = bearerOf(authorization);
    if (!secret) return null;
    return secret.split(".").length === 3
      ? actorOfJwt(secret)
      : tokenActor(secret);
  }
  const token = cookie(request, sessionCookie());
  const isAttended = !request.headers.has("x-unattended");
  const found = token ? await actorOfCookie(token, { isAttended }) : null;
  if (found && request.method !== "GET") refuseForeignOrigin(request);
  return found && found.actor;
}

async function actorOfJwt(jwt: string): Promise<Actor | null> {
  const sessionId = await sessionOfAccessToken(jwt);
  const found = sessionId ? await admitted(sessionId) : null;
  return found && found.actor;
}

// A browser sends cookies along with what other sites make it send; it also says which site.
function refuseForeignOrigin(request: Asked): void {
  const origin = request.headers.get("origin");
  const host = request.headers.get("host");
  const isOurs =
    origin !== null &&
    URL.canParse(origin) &&
    (origin === new URL(env().APP_URL).origin || new URL(origin).host === host);
  if (!isOurs)
    throw new DomainError(
      "FORBIDDEN",
      "A signed-in browser may change things from this app's own pages only. Programs use a service token.",
    );
}

function cookie(request: Asked, name: string): string | undefined {
  const header = request.headers.get("cookie") ?? "";
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim() === name)
      return pair.slice(at + 1).trim();
  }
  return undefined;
}
