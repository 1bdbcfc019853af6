import { redactAudit } from "@/modules/audit";
import { eraseUsage } from "@/modules/usage";
import type { Ctx } from "@/platform/context";
import {
  countTenantRemains,
  endTenantBackups,
  eraseRecords,
  eraseTraces,
} from "../queries/erase";
import type { Subjects } from "../queries/tables";

/** Each may run again from its start; one that answers words waits for what they say. */
type Step = (ctx: Ctx, subjects: Subjects) => Promise<string | null>;

/** What is done in turn before the customer's own row is emptied; each is noted when it is done. */
export const steps: Step[] = [
  async (ctx, subjects) => {
    await endTenantBackups(ctx, subjects);
    const { tenants, backups } = await countTenantRemains(ctx, subjects);
    if (tenants > 0) return `${tenants} of its tenants must be deleted first`;
    if (backups > 0)
      return `${backups} backups of its tenants are being deleted`;
    return null;
  },
  (_, subjects) => eraseTraces(subjects).then(nothing),
  (_, { id }) => eraseUsage(id).then(nothing),
  (_, subjects) => eraseRecords(subjects).then(nothing),
  (ctx, subjects) => redactAudit(ctx, subjects).then(nothing),
];

function nothing(): null {
  return null;
}
