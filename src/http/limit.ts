import type { Ctx } from "@/platform/context";
import { settings } from "@/modules/settings";
import { budgetHeaders, spend, type Budget } from "@/platform/rate-limit";
import type { LimitClass } from "@/shared/endpoint";

/** Count a call against its caller's budget. Answers the headers; throws RATE_LIMITED. */
export async function countCall(
  ctx: Ctx,
  limit: LimitClass,
): Promise<Record<string, string>> {
  if (limit === "hot") return {};
  const budget = await budgetOf(ctx, limit);
  return budgetHeaders(budget.name, await spend(budget, subjectOf(ctx)));
}

async function budgetOf(ctx: Ctx, limit: "general" | "auth"): Promise<Budget> {
  const { limits } = await settings(ctx);
  if (limit === "auth") return { name: "auth", points: limits.auth_per_minute };
  const isPortal = ctx.actor.kind === "customer" || ctx.actor.kind === "public";
  return isPortal
    ? { name: "portal", points: limits.portal_per_minute }
    : { name: "general", points: limits.general_per_minute };
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
