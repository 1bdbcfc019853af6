import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Actor, Ctx } from "@/platform/context";
import { actorOfCookie } from "./authenticate";
import { clientIp, requestIdOf } from "./front-headers";
import { requestCtx } from "@/platform/request-context";
import { noteActor } from "./request-notes";
import { halfSignedIn, sessionCookie } from "./session";

export type StaffActor = Extract<Actor, { kind: "staff" }>;
export type CustomerActor = Extract<Actor, { kind: "customer" }>;
export type PageCtx<A extends Actor> = Ctx & { actor: A; email: string };

/** The context of a dashboard page. Sends everyone but signed-in staff to where they belong. */
export async function staffCtx(): Promise<PageCtx<StaffActor>> {
  const ctx = await pageCtx();
  const { actor } = ctx;
  if (actor.kind !== "staff") redirect("/portal");
  return { ...ctx, actor };
}

/** The context of a portal page. */
export async function customerCtx(): Promise<PageCtx<CustomerActor>> {
  const ctx = await pageCtx();
  const { actor } = ctx;
  if (actor.kind !== "customer") redirect("/");
  return { ...ctx, actor };
}

/** Who is signed in, if anybody: for the sign-in page itself. */
export const signedIn = cache(async () => {
  const token = (await cookies()).get(sessionCookie())?.value;
  return actorOfCookie(token);
});

/** Whether a provider has said who it is, and a code of their authenticator is still to come. */
export async function awaitsCode(): Promise<boolean> {
  const token = (await cookies()).get(sessionCookie())?.value;
  return (await halfSignedIn(token)) !== null;
}

const pageCtx = cache(async (): Promise<PageCtx<Actor>> => {
  const found = await signedIn();
  if (!found) redirect("/sign-in");
  const { restriction } = found.actor;
  if (restriction === "password") redirect("/choose-password");
  if (restriction === "two_factor") redirect("/two-factor");
  const request = { headers: await headers() };
  const requestId = requestIdOf(request);
  noteActor(requestId, found.actor);
  const ctx = requestCtx(found.actor, clientIp(request), requestId);
  return { ...ctx, email: found.email };
});
