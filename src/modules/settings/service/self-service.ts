import type { Ctx } from "@/platform/context";
import { capabilities, type SelfService } from "@/shared/capabilities";
import { settings } from "./settings";

/** What customers' people cannot do by themselves, and whom they ask for it. */
export async function selfService(ctx: Ctx): Promise<SelfService> {
  const { company, self_service } = await settings(ctx);
  const { name, support_email } = company;
  return {
    off: new Set(capabilities.filter((one) => !self_service[one])),
    contact: support_email ? `${name} (${support_email})` : name,
  };
}
