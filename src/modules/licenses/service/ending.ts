import type { Blocker } from "@/modules/customers";
import { settings } from "@/modules/settings";
import { getSubscription } from "@/modules/subscriptions";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import {
  countLiveLicenses,
  findOfSubscription,
  lockEnded,
  lockEnding,
  noteReminder,
} from "../queries/ending";
import { findLicense, lockLicense, updateLicense } from "../queries/licenses";
import { endWith } from "../term";
import { reinstatement, suspension, write } from "./changes";
import { toldOfLicense } from "./told";

const batch = 100;
/** Days before the end of a license on which that is said: the nearest first. */
const reminders = [3, 14] as const;

/** Licenses past their end become expired; those that end soon are told of, 14 and 3 days before. */
export async function watchLicenses(ctx: Ctx): Promise<void> {
  await eachBatch(ctx, expireSome);
  for (const days of reminders)
    await eachBatch(ctx, (tx) => remindSome(tx, days));
}

/** What the end of a subscription does to its licenses, by the setting. */
export async function endWithSubscription(
  tx: TxCtx,
  subscriptionId: string,
): Promise<void> {
  const { on_subscription_end: act } = (await settings(tx)).licenses;
  if (act === "keep") return;
  for (const id of await findOfSubscription(tx, subscriptionId)) {
    const before = await lockLicense(tx, id, null);
    if (before?.status !== "active" && before?.status !== "pending") continue;
    if (act === "suspend")
      await write(
        tx,
        "license.suspended",
        before,
        suspension(tx, "subscription"),
      );
    else
      await write(tx, "license.expired", before, {
        status: "expired",
        expires_at: tx.now(),
      });
  }
}

/** A subscription that is in force again brings back the licenses that its end suspended. */
export async function resumeWithSubscription(
  tx: TxCtx,
  subscriptionId: string,
): Promise<void> {
  for (const id of await findOfSubscription(tx, subscriptionId)) {
    const before = await lockLicense(tx, id, null);
    if (before?.suspended_by !== "subscription") continue;
    await write(tx, "license.reinstated", before, reinstatement(tx, before));
  }
}

/** A subscription in a new period takes its licenses along. */
export async function extendWithSubscription(
  tx: TxCtx,
  subscriptionId: string,
): Promise<void> {
  const ids = await findOfSubscription(tx, subscriptionId);
  if (ids.length === 0) return;
  const end = endWith(await getSubscription(tx, subscriptionId));
  for (const id of ids) {
    const before = await lockLicense(tx, id, null);
    // One that was given no end, or a later one by hand, keeps it.
    if (!before?.expires_at || new Date(before.expires_at) >= end) continue;
    if (before.status === "revoked") continue;
    await write(tx, "license.renewed", before, {
      expires_at: end,
      ...(before.status === "expired" && { status: "active" }),
    });
  }
}

/** Licenses that are not over: they stand in the way of deleting their customer. */
export async function licensesBlocker(
  tx: TxCtx,
  customerId: string,
): Promise<Blocker> {
  return {
    kind: "active licenses",
    count: await countLiveLicenses(tx, customerId),
  };
}

async function expireSome(tx: TxCtx): Promise<number> {
  const ids = await lockEnded(tx, batch);
  for (const id of ids) {
    const found = await findLicense(tx, id, null);
    if (!found) continue;
    // It reads as expired since its end; its row, and its customer's totals, say active until now.
    const after = await updateLicense(tx, id, { status: "expired" });
    const before = { ...found, status: "active" as const };
    await toldOfLicense(tx, "license.expired", before, after);
  }
  return ids.length;
}

async function remindSome(tx: TxCtx, days: number): Promise<number> {
  const ids = await lockEnding(tx, days, batch);
  for (const id of ids) {
    await noteReminder(tx, id, days);
    const license = await findLicense(tx, id, null);
    if (!license) continue;
    await emit(tx, {
      name: "license.expiring",
      payload: {
        license_id: id,
        customer_id: license.customer_id,
        name: license.name,
        days,
        expires_at: license.expires_at,
      },
    });
  }
  return ids.length;
}

async function eachBatch(
  ctx: Ctx,
  work: (tx: TxCtx) => Promise<number>,
): Promise<void> {
  for (;;) if ((await transaction(ctx, work)) < batch) return;
}
