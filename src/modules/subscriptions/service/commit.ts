import { record } from "@/modules/audit";
import { changeTotals } from "@/modules/customers";
import { settings } from "@/modules/settings";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import { nextActionAt, type NoticeDays } from "../agenda";
import type { ChangeKind, Terms } from "../contract/parts";
import { insertChange } from "../queries/changes";
import { insertSub, updateSub } from "../queries/subscriptions";
import type { Sub } from "../subscription";
import { changesAccess, followAccess } from "./access";
import type { Issued } from "./issue";
import { toSubscription } from "./shown";

/** What happened, for the timeline, the audit log and those who listen. */
export type Told = {
  kind: ChangeKind;
  name: `subscription.${string}`;
  now: Date;
  status?: "applied" | "scheduled";
  effectiveAt?: Date;
  before?: (Terms & { undo?: object }) | null;
  after?: Terms | null;
  issued?: Issued | null;
  reason?: string | null;
  /** of an event that is no change of the subscription */
  more?: Record<string, string | number | null>;
};

/**
 * Write what became of a subscription, all in the caller's transaction: the row, when the clock
 * looks at it next, its customer's totals and access, the timeline, the audit row and the event.
 */
export async function commit(
  tx: TxCtx,
  before: Sub | null,
  next: Sub,
  told: Told,
): Promise<Sub> {
  const at = nextActionAt(next, await noticeDays(tx));
  if (!before) await insertSub(tx, next, at);
  const after = before ? await updateSub(tx, next, at) : next;
  await count(tx, before, after);
  if (changesAccess(before, after))
    await followAccess(tx, after.customerId, told.now);
  await insertChange(tx, {
    subscriptionId: after.id,
    at: told.now,
    kind: told.kind,
    status: told.status ?? "applied",
    effectiveAt: told.effectiveAt ?? told.now,
    before: told.before ?? null,
    after: told.after ?? null,
    money: told.issued?.quote ?? null,
    invoiceId: told.issued?.id ?? null,
    reason: told.reason ?? null,
  });
  await tell(tx, before, after, told);
  return after;
}

/** Note what is no change that anybody would look for. */
export async function rewrite(tx: TxCtx, sub: Sub): Promise<Sub> {
  return updateSub(tx, sub, nextActionAt(sub, await noticeDays(tx)));
}

/** How many days before an end people are told of it. */
export async function noticeDays(tx: TxCtx): Promise<NoticeDays> {
  const { subscriptions } = await settings(tx);
  return {
    trial: subscriptions.trial_notice_days,
    renewal: subscriptions.renewal_notice_days,
  };
}

async function count(tx: TxCtx, before: Sub | null, after: Sub): Promise<void> {
  const active = Number(after.hasAccess) - Number(before?.hasAccess ?? false);
  if (before && active === 0) return;
  await changeTotals(tx, after.customerId, {
    ...(!before && { subscriptions_total: 1 }),
    ...(active !== 0 && { subscriptions_active: active }),
  });
}

async function tell(
  tx: TxCtx,
  before: Sub | null,
  after: Sub,
  { name, reason, issued, more }: Told,
): Promise<void> {
  const { id, customerId, status, hasAccess, planVersionId } = after;
  await record(tx, {
    action: name,
    target: { kind: "subscription", id },
    customerId,
    before: before && toSubscription(before, null),
    after: {
      ...toSubscription(after, null),
      ...(reason && { reason }),
      ...(issued && { invoice_id: issued.id }),
    },
  });
  await emit(tx, {
    name,
    payload: {
      subscription_id: id,
      customer_id: customerId,
      status,
      has_access: hasAccess,
      plan_version_id: planVersionId,
      ...more,
    },
  });
}
