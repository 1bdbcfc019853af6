import "server-only";
import { listPlans } from "@/modules/plans";
import { may, type Ctx } from "@/platform/context";

/** The plans to filter a list by; none for who may not see plans. */
export async function loadPlanOptions(ctx: Ctx) {
  if (!may(ctx.actor, "plans:read")) return [];
  const { items } = await listPlans(ctx, { per_page: 100 });
  return items.map(({ id, name }) => ({ id, label: name }));
}
