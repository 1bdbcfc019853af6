import "server-only";
import type { CustomerActor, PageCtx } from "@/http/page";
import { listPeople } from "@/modules/customers";
import type { Key } from "@/modules/keys/contract";
import { settings } from "@/modules/settings";
import type { Subscription } from "@/modules/subscriptions/contract";
import { listTenants, mayHaveTenants } from "@/modules/tenants";
import { may } from "@/platform/context";
import { addSeconds } from "@/shared/time";

export type FirstStep = {
  title: string;
  about: string;
  href: string;
  isDone: boolean;
  /** a command that does it */
  command?: string;
};

type Ctx = PageCtx<CustomerActor>;

type Standing = {
  joinedAt: string;
  subscription: Subscription | null;
  hasOffers: boolean;
  keys: readonly Key[];
  hasCalled: boolean;
};

const newFor = 30 * 24 * 60 * 60;

/** What a customer of the last thirty days has done and has yet to do; null once it has begun. */
export async function firstSteps(
  ctx: Ctx,
  standing: Standing,
): Promise<FirstStep[] | null> {
  const { actor } = ctx;
  if (addSeconds(new Date(standing.joinedAt), newFor) < ctx.now()) return null;
  const steps = [
    ...planStep(ctx, standing),
    ...(await callSteps(ctx, standing)),
    ...(await tenantStep(ctx)),
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  if (!may(actor, "members:write", "team")) return steps;
  const people = await listPeople(ctx, actor.customerId);
  const others = people.items.length - 1 + people.invitations.length;
  return [
    ...steps,
    {
      title: "Invite a colleague",
      about: "Each signs in by themselves, with a role that says what they do.",
      href: "/portal/team?show=invite",
      isDone: others > 0,
    },
  ];
}

function planStep(
  { actor }: Ctx,
  { subscription, hasOffers }: Standing,
): FirstStep[] {
  if (!subscription && !hasOffers) return [];
  if (!may(actor, "billing:write", "plan")) return [];
  return [
    {
      title: "Choose a plan",
      about:
        subscription?.status === "incomplete"
          ? `${subscription.plan.name} begins with its first payment.`
          : "What you may use, and what it costs.",
      href: "/portal/plan",
      isDone: subscription !== null && subscription.status !== "incomplete",
    },
  ];
}

async function callSteps(
  ctx: Ctx,
  { keys, hasCalled }: Standing,
): Promise<FirstStep[]> {
  const mayIssue = may(ctx.actor, "keys:write", "keys");
  if (!mayIssue && keys.length === 0) return [];
  const { portal } = await settings(ctx);
  const isUsed = hasCalled || keys.some(({ last_used_at }) => last_used_at);
  return [
    ...(mayIssue
      ? [
          {
            title: "Issue an API key",
            about: "The secret that you send with each call.",
            href: "/portal/keys?show=issue-key",
            isDone: keys.length > 0 || isUsed,
          },
        ]
      : []),
    {
      title: "Make your first call",
      about: "It shows up under Usage within seconds.",
      href: "/portal/usage",
      isDone: isUsed,
      ...(portal.first_call && {
        command: portal.first_call.replaceAll("{key}", "YOUR_KEY"),
      }),
    },
  ];
}

async function tenantStep(ctx: Ctx): Promise<FirstStep[]> {
  if (!may(ctx.actor, "tenants:write", "tenants")) return [];
  if (!(await mayHaveTenants(ctx, ctx.actor.customerId))) return [];
  const { total } = await listTenants(ctx, { per_page: 1 });
  return [
    {
      title: "Create a tenant",
      about: "An installation of your own, at its own address.",
      href: "/portal/tenants?show=create-tenant",
      isDone: total > 0,
    },
  ];
}
