import type { SupportSettings } from "@/modules/settings/contract";
import { addSeconds } from "@/shared/time";
import type { TicketPriority } from "./contract/parts";

/** When an answer is due that is owed from an instant on: by the customer's plan, else by default. */
export function responseDue(
  { response_minutes, plan_response_minutes }: SupportSettings,
  planId: string | null,
  priority: TicketPriority,
  from: Date,
): Date {
  const own = planId === null ? undefined : plan_response_minutes[planId];
  return addSeconds(from, (own ?? response_minutes)[priority] * 60);
}
