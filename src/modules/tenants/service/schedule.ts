import { settings } from "@/modules/settings";
import type { Blocker } from "@/modules/customers";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import { findOutlived, findUnsaved, updateBackup } from "../queries/backups";
import { deleteLogs, insertLogs } from "../queries/parts";
import { countTenants, findTenant, findTenantIds } from "../queries/tenants";
import { backUpTenant } from "./acts";
import { placeOf } from "./place";
import { look, readLogs } from "./steps";

const hour = 60 * 60;
const logDays = 90;

/** Begin the backups that are due by the setting, and delete those whose time is over. */
export async function keepBackups(ctx: Ctx): Promise<void> {
  const { backup_every_hours: hours, backup_keep } = (await settings(ctx))
    .tenants;
  if (hours !== null)
    for (const id of await findUnsaved(
      ctx,
      addSeconds(ctx.now(), -hours * hour),
    ))
      await backUpTenant(ctx, id, "scheduled").catch((error: unknown) => {
        // Something else began meanwhile: the next round looks again.
        if (!(error instanceof DomainError)) throw error;
      });
  for (const { id, tenantId, ref } of await findOutlived(ctx, backup_keep)) {
    const tenant = await findTenant(ctx, tenantId, null);
    if (!tenant) continue;
    const { place, driver } = await placeOf(ctx, tenant);
    try {
      await driver.dropBackup(place, ref);
      await updateBackup(ctx, id, { status: "deleted", deleted_at: ctx.now() });
    } catch (error) {
      ctx.log.warn(
        { err: error, tenant: tenantId },
        "a backup was not deleted",
      );
    }
  }
}

/** Ask the drivers what their tenants use, and what their logs say. */
export async function measureTenants(ctx: Ctx): Promise<void> {
  let after: string | undefined;
  for (;;) {
    const ids: string[] = await findTenantIds(ctx, {
      statuses: ["active"],
      ...(after && { after }),
    });
    for (const id of ids) await measure(ctx, id);
    after = ids.at(-1);
    if (ids.length < 100) break;
  }
  await deleteLogs(ctx, addSeconds(ctx.now(), -logDays * 24 * hour));
}

/** Tenants that are not deleted: they stand in the way of deleting their customer. */
export async function tenantsBlocker(
  tx: TxCtx,
  customerId: string,
): Promise<Blocker> {
  return { kind: "tenants", count: await countTenants(tx, customerId) };
}

async function measure(ctx: Ctx, id: string): Promise<void> {
  const tenant = await findTenant(ctx, id, null);
  if (!tenant) return;
  const { place, driver, logCursor } = await placeOf(ctx, tenant);
  try {
    await look(ctx, driver, place);
    await readLogs(ctx, driver, place, logCursor);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await insertLogs(ctx, id, "tollkeeper", [
      { level: "warning", message: `not measured: ${message}`, at: ctx.now() },
    ]);
  }
}
