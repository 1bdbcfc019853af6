import { createPlan, publishVersion } from "@/modules/plans";
import type { PlanInput } from "@/modules/plans/contract";
import type { PlanTermsInput } from "@/modules/plans/contract/terms";
import type { Ctx } from "@/platform/context";
import { slug } from "./names";

type Feature = NonNullable<PlanTermsInput["features"]>[number];
type Charge = NonNullable<PlanTermsInput["charges"]>[number];

/** A plan to make: its code follows from its name, its place from where it stands. */
export type SeededPlan = Omit<PlanInput, "code" | "terms"> & {
  terms: PlanTermsInput;
};

/** What a customer is given of a plan. */
export type Published = { planId: string; planName: string };

/** Make plans and publish them; by name, what a customer gets of each. */
export async function addPlans(
  ctx: Ctx,
  plans: readonly SeededPlan[],
  { from = 0 } = {},
): Promise<Map<string, Published>> {
  const made = new Map<string, Published>();
  for (const [at, plan] of plans.entries()) {
    const position = (from + at) * 10;
    const code = slug(plan.name);
    const { id, draft_version: draft } = await createPlan(ctx, {
      ...plan,
      ...{ code, position },
    });
    if (!draft) throw new Error(`${plan.name} has no draft`);
    const version = await publishVersion(ctx, id, draft.id);
    made.set(plan.name, { planId: version.id, planName: plan.name });
  }
  return made;
}

/** A price a month in whole units of a currency of cents; a year costs ten months. */
export function prices(units: number, currency = "USD") {
  const price = (amount: number) => ({ amount: amount * 100, currency });
  return [
    { interval: "month" as const, price: price(units) },
    { interval: "year" as const, price: price(units * 10) },
  ];
}

export function metered(
  meter: string,
  title: string,
  quota: number | null,
  overage = false,
): Feature {
  return { feature: meter, title, kind: "metered", meter, quota, overage };
}

export function has(feature: string, title: string, value = true): Feature {
  return { feature, title, kind: "boolean", value };
}

export function says(
  feature: string,
  title: string,
  value: string | number,
): Feature {
  return { feature, title, kind: "static", value };
}

/** The same charge in several currencies. */
export function charged(
  meter: string,
  charges: Record<string, Charge["charge"]>,
): Charge[] {
  return Object.entries(charges).map(([currency, charge]) => ({
    ...{ meter, currency },
    charge,
  }));
}

export function cap(amount: string) {
  return { amount, currency: "USD" } as const;
}
