import { createMeter, knownMeters } from "@/modules/meters";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { Plan } from "../contract";
import {
  starterMeters,
  starterPlans,
  type StarterPlan,
} from "../contract/starters";
import { findPlan, lockStarters } from "../queries/plans";
import { loadPlan, namedMeters } from "./load";
import { createPlan } from "./plans";
import { publishVersion } from "./versions";

/**
 * Create the plans to begin with, and the meters that they count; what is there already stays as it
 * is. Needs plans:write.
 */
export async function addStarterPlans(
  ctx: Ctx,
  { publish }: { publish: boolean },
): Promise<{ items: Plan[]; created: number }> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    await lockStarters(tx);
    const known = new Set((await knownMeters(tx)).map(({ name }) => name));
    for (const meter of starterMeters)
      if (!known.has(meter.name)) await createMeter(tx, meter);
    const items: Plan[] = [];
    let created = 0;
    for (const starter of starterPlans) {
      const found = await findPlan(
        tx,
        { code: starter.code },
        await namedMeters(tx),
      );
      created += found ? 0 : 1;
      items.push(found ?? (await make(tx, starter, publish)));
    }
    return { items, created };
  });
}

async function make(
  tx: TxCtx,
  starter: StarterPlan,
  publish: boolean,
): Promise<Plan> {
  const plan = await createPlan(tx, starter);
  if (!publish || !plan.draft_version) return plan;
  await publishVersion(tx, plan.id, plan.draft_version.id);
  return loadPlan(tx, plan.id);
}
