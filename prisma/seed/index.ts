import { issueSetupToken } from "@/modules/identity";
import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import { addAccounts, isSeeded, type Accounts } from "./accounts";
import { addDemo } from "./demo";
import { addHeavyUsage } from "./heavy-usage";
import { addIsp } from "./isp";
import { addLlm } from "./llm";
import type { SeededCustomer } from "./customers";

export type SeedResult =
  | (Accounts & { scenario: string })
  | { scenario: string; setup_url: string | null }
  | { scenario: string; already_seeded: true };

type Scenario = (
  ctx: Ctx,
  options: { size?: number },
) => Promise<SeededCustomer[]>;

const scenarios: Record<string, Scenario> = {
  demo: addDemo,
  isp: addIsp,
  llm: addLlm,
  "heavy-usage": addHeavyUsage,
};

/** Fill an empty database. One that has an owner is left as it is. */
export async function seed(
  ctx: Ctx,
  { scenario, size }: { scenario: string; size?: number },
): Promise<SeedResult> {
  if (scenario === "empty") {
    const token = await issueSetupToken(ctx);
    return {
      scenario,
      setup_url: token && `${env().APP_URL}/set-up?token=${token}`,
    };
  }
  const fill = scenarios[scenario];
  if (!fill)
    throw new Error(
      `There is no scenario "${scenario}". Choose one of empty, ${Object.keys(scenarios).join(", ")}.`,
    );
  if (await isSeeded(ctx)) return { scenario, already_seeded: true };
  const customers = await fill(ctx, { ...(size && { size }) });
  return { scenario, ...(await addAccounts(ctx, customers)) };
}
