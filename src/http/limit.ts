import type { Ctx } from "@/platform/context";
import { settings } from "@/modules/settings";
import {
  budgetHeaders,
  spend,
  spendTogether,
  type Budget,
} from "@/platform/rate-limit";
import type { LimitClass } from "@/shared/endpoint";
import { networkOf } from "./network";

/** Count a call against its caller's budget. Answers the headers; throws RATE_LIMITED. */
export async function countCall(
  ctx: Ctx,
  limit: LimitClass,
): Promise<Record<string, string>> {
  if (limit === "hot") return {};
  const budget = await budgetOf(ctx, limit);
  // Of software that asks by its license key: one statement counts all that came at once.
  const take = limit === "licenses" ? spendTogether : spend;
  return budgetHeaders(budget, await take(budget, subjectOf(ctx)));
}

async function budgetOf(
  ctx: Ctx,
  limit: Exclude<LimitClass, "hot">,
): Promise<Budget> {
  const { limits } = await settings(ctx);
  switch (limit) {
    case "auth":
      return { name: limit, points: limits.auth_per_minute };
    case "tenants":
      return { name: limit, points: limits.tenants_per_minute };
    case "tickets":
      return { name: limit, points: limits.tickets_per_minute };
    case "licenses":
      return { name: limit, points: limits.licenses_per_minute };
    case "general":
      return isPortal(ctx)
        ? { name: "portal", points: limits.portal_per_minute }
        : { name: "general", points: limits.general_per_minute };
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
