import { getBuyer, holdCustomer } from "@/modules/customers";
import { findPlanByCode, getPlanVersion } from "@/modules/plans";
import { Interval } from "@/modules/plans/contract/terms";
import { hostedNames } from "@/modules/payments/contract/parts";
import { settings } from "@/modules/settings";
import type { TxCtx } from "@/platform/context";
import { addSeconds } from "@/shared/time";
import * as z from "zod";
import { SubscriptionStatus } from "../contract/parts";
import { findByProvider, lockSub } from "../queries/subscriptions";
import { grantsAccess, hasEnded } from "../status";
import type { Sub } from "../subscription";
import { blank } from "./blank";
import { commit } from "./commit";
import { termsOf } from "./terms";

const day = 24 * 60 * 60;
const at = z.coerce.date();
const text = z.string().nullable();

/** A subscription as a provider holds it, which was read again; null where it says nothing. */
const ProviderWord = z.object({
  provider: z.enum(hostedNames),
  provider_subscription_id: z.string(),
  customer_id: text,
  subscription_id: text,
  plan_version_id: text,
  plan_code: text,
  interval: Interval.nullable(),
  quantity: z.number().int().nullable(),
  currency: text,
  amount_minor: z.union([z.string(), z.number()]).nullable(),
  status: SubscriptionStatus,
  current_period_start: at.nullable(),
  current_period_end: at.nullable(),
  trial_end: at.nullable(),
  cancel_at: at.nullable(),
  canceled_at: at.nullable(),
  ended_at: at.nullable(),
  read_at: at,
});
type ProviderWord = z.output<typeof ProviderWord>;

/**
 * Follow what a provider says of a subscription that it bills: make ours, adopt it, or change it. A
 * later reading wins, so the order in which events come does not matter.
 */
export async function followProvider(
  tx: TxCtx,
  payload: unknown,
): Promise<void> {
  const word = ProviderWord.parse(payload);
  const known = await find(tx, word);
  const customerId = known?.customerId ?? word.customer_id;
  if (!customerId) {
    tx.log.warn(
      { provider_subscription_id: word.provider_subscription_id },
      "a provider's subscription is of no customer here",
    );
    return;
  }
  await holdCustomer(tx, customerId);
  const before = known && (await lockSub(tx, known.id));
  const readAt = word.read_at.toISOString();
  const last = before?.metadata["provider_read_at"];
  if (typeof last === "string" && last >= readAt) return;
  const planVersionId = await versionOf(tx, word, before);
  const base = before ?? (await fresh(tx, word, customerId, planVersionId));
  if (!base || !planVersionId) {
    tx.log.warn(
      { provider_subscription_id: word.provider_subscription_id },
      "a provider's subscription is of no plan here",
    );
    return;
  }
  const next = await told(tx, { ...base, planVersionId }, word);
  const version = await getPlanVersion(tx, planVersionId);
  await commit(tx, before, next, {
    kind: before ? "provider" : "create",
    name: nameOf(before, next),
    now: tx.now(),
    after: termsOf(next, version.plan.name),
    reason: `${word.provider} says ${word.status}`,
  });
}

async function find(tx: TxCtx, word: ProviderWord): Promise<Sub | null> {
  const { provider, provider_subscription_id, subscription_id } = word;
  const known = await findByProvider(tx, provider, provider_subscription_id);
  if (known || !subscription_id) return known;
  const ours = await lockSub(tx, subscription_id);
  // Not one that another subscription there has been adopted for.
  return ours && ours.providerSubscriptionId === null ? ours : null;
}

async function versionOf(
  tx: TxCtx,
  { plan_version_id, plan_code }: ProviderWord,
  before: Sub | null,
): Promise<string | null> {
  if (plan_version_id) return plan_version_id;
  const plan = plan_code ? await findPlanByCode(tx, plan_code) : null;
  return plan?.current_version?.id ?? before?.planVersionId ?? null;
}

async function fresh(
  tx: TxCtx,
  word: ProviderWord,
  customerId: string,
  planVersionId: string | null,
): Promise<Sub | null> {
  const { current_period_start: start, current_period_end: end } = word;
  if (!planVersionId || !start || !end || end <= start) return null;
  const customer = await getBuyer(tx, customerId);
  const now = tx.now();
  return {
    ...blank(now),
    ...{ customerId, planVersionId, status: word.status, hasAccess: false },
    ...{ quantity: 1, currency: word.currency ?? customer.currency },
    ...{ interval: word.interval ?? "month", unitMinor: 0n },
    provider: word.provider,
    providerSubscriptionId: word.provider_subscription_id,
    ...{ anchorAt: start, timeZone: customer.time_zone },
    ...{ periodStart: start, periodEnd: end },
  };
}

async function told(tx: TxCtx, sub: Sub, word: ProviderWord): Promise<Sub> {
  const now = tx.now();
  const { status } = word;
  const { subscriptions } = await settings(tx);
  const isLate = status === "past_due";
  const pastDueAt = isLate ? (sub.pastDueAt ?? now) : null;
  const graceUntil =
    pastDueAt && addSeconds(pastDueAt, subscriptions.grace_days * day);
  const start = word.current_period_start ?? sub.periodStart;
  const end = word.current_period_end ?? sub.periodEnd;
  const isPeriod = end > start;
  return {
    ...sub,
    ...{ status, pastDueAt, graceUntil },
    hasAccess: grantsAccess(status, graceUntil, now),
    provider: word.provider,
    providerSubscriptionId: word.provider_subscription_id,
    interval: word.interval ?? sub.interval,
    quantity: word.quantity ?? sub.quantity,
    currency: word.currency ?? sub.currency,
    unitMinor:
      word.amount_minor === null ? sub.unitMinor : BigInt(word.amount_minor),
    periodStart: isPeriod ? start : sub.periodStart,
    periodEnd: isPeriod ? end : sub.periodEnd,
    trialEnd: word.trial_end ?? sub.trialEnd,
    cancelAt: hasEnded(status) ? null : word.cancel_at,
    canceledAt: word.canceled_at,
    endedAt: hasEnded(status) ? (word.ended_at ?? sub.endedAt ?? now) : null,
    pausedAt: status === "paused" ? (sub.pausedAt ?? now) : null,
    ...{ resumesAt: null, paymentDueAt: null },
    metadata: {
      ...sub.metadata,
      provider_read_at: word.read_at.toISOString(),
    },
  };
}

function nameOf(before: Sub | null, next: Sub): `subscription.${string}` {
  if (!before) return "subscription.created";
  if (before.status === next.status) return "subscription.changed";
  if (hasEnded(next.status)) return "subscription.canceled";
  if (next.status === "unpaid") return "subscription.unpaid";
  if (next.status === "past_due") return "subscription.past_due";
  if (next.status === "paused") return "subscription.paused";
  return before.status === "incomplete"
    ? "subscription.activated"
    : "subscription.reactivated";
}
