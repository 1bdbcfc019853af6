import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import { budgetHeaders, spend, type Budget } from "@/platform/rate-limit";
import type { LimitClass } from "@/shared/endpoint";
import { networkOf } from "./network";

/** Count a call against its caller's budget. Answers the headers; throws RATE_LIMITED. */
export async function countCall(
  ctx: Ctx,
  limit: LimitClass,
): Promise<Record<string, string>> {
  if (limit === "hot") return {};
  const budget = budgetOf(ctx, limit);
  return budgetHeaders(budget.name, await spend(budget, subjectOf(ctx)));
}

function budgetOf(ctx: Ctx, limit: Exclude<LimitClass, "hot">): Budget {
  switch (limit) {
    case "auth":
      return { name: limit, points: env().LIMIT_AUTH_PER_MINUTE };
    case "tenants":
      return { name: limit, points: env().LIMIT_TENANTS_PER_MINUTE };
    case "tickets":
      return { name: limit, points: env().LIMIT_TICKETS_PER_MINUTE };
    case "general":
      return isPortal(ctx)
        ? { name: "portal", points: env().LIMIT_PORTAL_PER_MINUTE }
        : { name: "general", points: env().LIMIT_GENERAL_PER_MINUTE };
    default:
      return limit satisfies never;
  }
}

function isPortal({ actor }: Ctx): boolean {
  return actor.kind === "customer" || actor.kind === "public";
}

function subjectOf(ctx: Ctx): string {
  switch (ctx.actor.kind) {
    case "staff":
    case "customer":
      return ctx.actor.userId;
    case "service":
      return ctx.actor.tokenId;
    case "system":
    case "public":
      return `ip:${networkOf(ctx.ip)}`;
    default:
      return ctx.actor satisfies never;
  }
}
