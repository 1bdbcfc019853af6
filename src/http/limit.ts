import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import { budgetHeaders, spend, type Budget } from "@/platform/rate-limit";
import type { LimitClass } from "@/shared/endpoint";

/** Count a call against its caller's budget. Answers the headers; throws RATE_LIMITED. */
export async function countCall(
  ctx: Ctx,
  limit: LimitClass,
): Promise<Record<string, string>> {
  if (limit === "hot") return {};
  const budget = budgetOf(ctx, limit);
  return budgetHeaders(budget.name, await spend(budget, subjectOf(ctx)));
}

function budgetOf(ctx: Ctx, limit: "general" | "auth"): Budget {
  if (limit === "auth")
    return { name: "auth", points: env().LIMIT_AUTH_PER_MINUTE };
  const isPortal = ctx.actor.kind === "customer" || ctx.actor.kind === "public";
  return isPortal
    ? { name: "portal", points: env().LIMIT_PORTAL_PER_MINUTE }
    : { name: "general", points: env().LIMIT_GENERAL_PER_MINUTE };
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
      return `ip:${ctx.ip ?? "none"}`;
    default:
      return ctx.actor satisfies never;
  }
}
