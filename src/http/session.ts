import { decode } from "next-auth/jwt";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import {
  longestSessionSeconds,
  signIn,
  signOut,
  type Credentials as Given,
} from "@/modules/identity";
import { env } from "@/platform/env";
import { derivedKey } from "@/platform/secret";
import { DomainError } from "@/shared/errors";
import { clientIp } from "./front-headers";
import { publicCtx } from "@/platform/request-context";

/** The name of the session cookie; over https browsers refuse it from anyone but this host. */
export function sessionCookie(): string {
  const name = "next-auth.session-token";
  return isSecure() ? `__Secure-${name}` : name;
}

/** The session's public id in a cookie header's value, or null. Says nothing of its being live. */
export async function sessionIdOf(token: string): Promise<string | null> {
  try {
    const payload = await decode({ token, secret: secret() });
    return typeof payload?.["sid"] === "string" ? payload["sid"] : null;
  } catch {
    return null; // expired, or not sealed by us
  }
}

/**
 * next-auth with passwords. Its cookie only carries the id of a session row, which is read on
 * each request: so signing out or suspending acts at once, everywhere.
 */
export function authOptions(request?: Request): NextAuthOptions {
  return {
    secret: secret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: longestSessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {}, code: {} },
        authorize: async (credentials) => {
          const { email, password, code } = credentials ?? {};
          if (!email || !password || !request) return null;
          return open(request, { email, password, ...(code && { code }) });
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) =>
        user && "sid" in user ? { sid: user.sid } : { sid: token["sid"] },
      session: ({ session }) => ({ expires: session.expires }),
      // Only paths of our own: "//evil.example" and "javascript:" are neither.
      redirect: ({ url, baseUrl }) =>
        /^\/(?![/\\])/.test(url) ? `${baseUrl}${url}` : baseUrl,
    },
    events: {
      signOut: async ({ token }) => {
        const id = token?.["sid"];
        if (typeof id === "string" && request)
          await signOut(publicCtx(clientIp(request)), id);
      },
    },
    logger: { error: () => undefined, warn: () => undefined },
  };
}

async function open(request: Request, credentials: Given) {
  const userAgent = request.headers.get("user-agent");
  const ctx = publicCtx(clientIp(request), undefined, userAgent);
  try {
    const session = await signIn(ctx, credentials);
    return session && { id: session.userId, sid: session.sessionId };
  } catch (error) {
    // next-auth brings an error's message to the sign-in page as its `error` parameter.
    if (error instanceof DomainError) throw new Error(error.code);
    ctx.log.error({ err: error }, "sign-in failed");
    throw new Error("UNAVAILABLE");
  }
}

function secret(): string {
  return derivedKey("session-cookie").toString("hex");
}

function isSecure(): boolean {
  return env().APP_URL.startsWith("https:");
}
