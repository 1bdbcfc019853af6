import "server-only";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { getPlan } from "@/modules/plans";
import { idOf } from "@/shared/ids";

export type PlanParams = { params: Promise<{ plan_id: string }> };

/** The plan of a page, read once a request; the 404 page when there is none. */
export const loadPlan = cache(async (id: string) => {
  const ctx = await staffCtx();
  if (!idOf("pln").safeParse(id).success) notFound();
  return { ctx, plan: await shown(ctx, getPlan(ctx, id)) };
});

/** The title of a page about the plan, which is also there when the plan is not. */
export async function titled(
  { params }: PlanParams,
  title: (name: string) => string,
): Promise<Metadata> {
  const { plan_id } = await params;
  try {
    const { plan } = await loadPlan(plan_id);
    return { title: title(plan.name) };
  } catch {
    // The page says why it cannot be shown; an error here would leave it without a title.
    return { title: "Plan" };
  }
}
