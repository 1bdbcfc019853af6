import type { NextRequest } from "next/server";
import { decode } from "next-auth/jwt";
import type { Account, NextAuthOptions, User } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import {
  longestSessionSeconds,
  signIn,
  signInExternally,
  signOut,
  type ExternalIdentity,
  type SignedIn,
} from "@/modules/identity";
import { LoginProvider } from "@/modules/identity/contract/external-logins";
import { systemClock } from "@/platform/clock";
import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import { log } from "@/platform/log";
import { derivedKey } from "@/platform/secret";
import { DomainError } from "@/shared/errors";
import { externalProviders } from "./external";
import { clientIp } from "./front-headers";
import { publicCtx } from "@/platform/request-context";

/** The name of the session cookie; over https browsers refuse it from anyone but this host. */
export function sessionCookie(): string {
  const name = "next-auth.session-token";
  return isSecure() ? `__Secure-${name}` : name;
}

/** The session's public id in a cookie header's value, or null. Says nothing of its being live. */
export async function sessionIdOf(token: string): Promise<string | null> {
  const { sid } = await contentOf(token);
  return typeof sid === "string" ? sid : null;
}

/** Whom a provider has shown to a browser to be, which has yet to give a code; null for nobody. */
export async function halfSignedIn(
  token: string | undefined,
): Promise<ExternalIdentity | null> {
  const { half } = token ? await contentOf(token) : {};
  if (!half || half.until < systemClock().getTime()) return null;
  return half.identity;
}

/**
 * next-auth with passwords, and the providers that are configured. Its cookie only carries the id
 * of a session row, which is read on each request: so signing out or suspending acts at once,
 * everywhere. Between a provider's word and the code of an authenticator it carries that word.
 */
export function authOptions(request: NextRequest): NextAuthOptions {
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
          if (!email || !password) return null;
          const given = { email, password, ...(code && { code }) };
          return open(request, (ctx) => signIn(ctx, given));
        },
      }),
      Credentials({
        id: "second-factor",
        credentials: { code: {} },
        authorize: async (credentials) => {
          const cookie = request.cookies.get(sessionCookie())?.value;
          const identity = await halfSignedIn(cookie);
          if (!identity) throw new Error("EXTERNAL_LATE");
          const code = credentials?.code;
          if (!code) return null;
          return open(request, (ctx) => signInExternally(ctx, identity, code));
        },
      }),
      ...externalProviders(),
    ],
    callbacks: {
      signIn: ({ user, account }) => admit(request, user, account),
      jwt: ({ token, user }) => carried(user ?? token),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => ownUrl(url, baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        const id = token?.["sid"];
        if (typeof id === "string")
          await signOut(publicCtx(clientIp(request)), id);
      },
    },
    logger: { error: tellOfProvider, warn: () => undefined },
  };
}

/** What the cookie may hold, sealed: a session's id, or somebody who has yet to give a code. */
type Content = {
  sid?: unknown;
  half?: { identity: ExternalIdentity; until: number };
};

const halfMs = 10 * 60 * 1_000;

// What a provider says of somebody opens a session here; what it opens rides on next-auth's user.
async function admit(
  request: NextRequest,
  user: User,
  account: Account | null,
): Promise<boolean> {
  if (account?.type !== "oauth") return true;
  const identity: ExternalIdentity = {
    provider: LoginProvider.parse(account.provider),
    subject: account.providerAccountId,
    verifiedEmail: user.email ?? null,
  };
  try {
    const opened = await open(request, (ctx) =>
      signInExternally(ctx, identity),
    );
    Object.assign(user, { sid: opened?.sid });
  } catch (error) {
    if (!(error instanceof Error && error.message === "TWO_FACTOR_REQUIRED"))
      throw error;
    const until = systemClock().getTime() + halfMs;
    Object.assign(user, { half: { identity, until } });
  }
  return true;
}

async function open(
  request: NextRequest,
  check: (ctx: Ctx) => Promise<SignedIn | string | null>,
) {
  const userAgent = request.headers.get("user-agent");
  const ctx = publicCtx(clientIp(request), undefined, userAgent);
  try {
    const opened = await check(ctx);
    if (typeof opened === "string") throw new Refusal(opened);
    return opened && { id: opened.userId, sid: opened.sessionId };
  } catch (error) {
    // next-auth brings an error's message to the sign-in page as its `error` parameter.
    if (error instanceof Refusal) throw error;
    if (error instanceof DomainError) throw new Error(error.code);
    ctx.log.error({ err: error }, "sign-in failed");
    throw new Error("UNAVAILABLE");
  }
}

// What a provider refuses is for whoever set it up; the rest is said on the sign-in page.
function tellOfProvider(code: string, given: Error | { error: Error }): void {
  if (!code.includes("OAUTH")) return;
  const { message } = given instanceof Error ? given : given.error;
  log().warn({ code, reason: message }, "a provider refused");
}

class Refusal extends Error {}

function carried(content: object): Content {
  const { sid, half } = content as Content; // Safe: `open` and `admit` put them there.
  return { ...(sid !== undefined && { sid }), ...(half && { half }) };
}

async function contentOf(token: string): Promise<Content> {
  try {
    const content = await decode({ token, secret: secret() });
    return (content ?? {}) as Content; // Safe: what we sealed is what `carried` gave.
  } catch {
    return {}; // expired, or not sealed by us
  }
}

// Only paths of our own: "//evil.example" and "javascript:" are neither.
function ownUrl(url: string, base: string): string {
  const path = url.startsWith(`${base}/`) ? url.slice(base.length) : url;
  return /^\/(?![/\\])/.test(path) ? `${base}${path}` : base;
}

function secret(): string {
  return derivedKey("session-cookie").toString("hex");
}

function isSecure(): boolean {
  return env().APP_URL.startsWith("https:");
}
