import { canCharge } from "@/modules/payments";
import { openOf } from "@/modules/invoices";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { baseFee, prorationLines, unusedLines } from "../bill";
import type { ChangeInput } from "../contract/inputs";
import type { Subscription } from "../contract/parts";
import { periodAt } from "../period";
import { closeScheduled } from "../queries/changes";
import {
  isInvoiced,
  isOnTrial,
  periodOf,
  priceOfPeriod,
  type Sub,
} from "../subscription";
import { commit } from "./commit";
import { act, type Held } from "./hold";
import type { Bill } from "./issue";
import { charge, instantOf, settleBill, type Outcome } from "./outcome";
import { discountAt, sellable, termsOf, unitPrice } from "./terms";
import { usageBill } from "./usage-lines";

type Wanted = Omit<ChangeInput, "at">;

/**
 * Change the plan, the interval or the quantity: now and prorated, or when the period ends. Needs
 * billing:write; throws NOT_FOUND, CONFLICT, PRECONDITION_FAILED.
 */
export async function changeSubscription(
  ctx: Ctx,
  id: string,
  { at: shownAt, ...wanted }: ChangeInput,
): Promise<Subscription> {
  return act(ctx, id, "plan", async (tx, held) => {
    const at = await instantOf(tx, held, shownAt);
    const outcome = await planChange(tx, held, wanted, at);
    const isNow = outcome.effectiveAt <= at;
    await closeScheduled(tx, id, "change", "canceled", held.now);
    return isNow
      ? changeNow(tx, held, outcome)
      : changeLater(tx, held, outcome);
  });
}

/** What a change comes to: the same for its preview and for the change itself. */
export async function planChange(
  ctx: Ctx,
  { sub, version }: Pick<Held, "sub" | "version">,
  wanted: Wanted,
  at: Date,
): Promise<Outcome> {
  const target = await targetOf(ctx, { sub, version }, wanted);
  const { to } = target;
  const when = wanted.when ?? (yearly(to) < yearly(sub) ? "period_end" : "now");
  assertChangeable(sub, when);
  if (sub.status === "trialing")
    return { next: to, version: target.version, bill: null, effectiveAt: at };
  if (when === "period_end")
    return {
      next: to,
      version: target.version,
      bill: null,
      effectiveAt: sub.periodEnd,
    };
  return to.interval === sub.interval
    ? proratedNow(ctx, { sub, version }, target, at)
    : newPeriodNow(ctx, { sub, version }, target, at);
}

type Target = { to: Sub; version: Held["version"] };

async function targetOf(
  ctx: Ctx,
  { sub, version: current }: Pick<Held, "sub" | "version">,
  wanted: Wanted,
): Promise<Target> {
  const isOther =
    wanted.plan_version_id !== undefined &&
    wanted.plan_version_id !== sub.planVersionId;
  const version = isOther
    ? await sellable(ctx, wanted.plan_version_id ?? "")
    : current;
  const interval = wanted.interval ?? sub.interval;
  const isRepriced = isOther || interval !== sub.interval;
  const to: Sub = {
    ...sub,
    planVersionId: version.id,
    interval,
    quantity: wanted.quantity ?? sub.quantity,
    unitMinor: isRepriced
      ? unitPrice(version, sub.currency, interval)
      : sub.unitMinor,
  };
  if (isRepriced || to.quantity !== sub.quantity) return { to, version };
  throw new DomainError(
    "CONFLICT",
    `The subscription is on ${version.plan.name} by the ${interval} already. Choose what differs.`,
  );
}

async function proratedNow(
  ctx: Ctx,
  { sub, version }: Pick<Held, "sub" | "version">,
  target: Target,
  at: Date,
): Promise<Outcome> {
  const from = { sub, planName: version.plan.name };
  const to = { sub: target.to, planName: target.version.plan.name };
  const discount = await discountAt(ctx, sub, sub.periodStart);
  const lines = prorationLines(from, to, periodOf(sub), at, discount);
  return {
    next: target.to,
    version: target.version,
    effectiveAt: at,
    bill: update({ lines, billed: [] }, { start: at, end: sub.periodEnd }),
  };
}

/** Another interval begins a period of its own at once: what is unused of the old one is given back. */
async function newPeriodNow(
  ctx: Ctx,
  { sub, version }: Pick<Held, "sub" | "version">,
  { to, version: chosen }: Target,
  at: Date,
): Promise<Outcome> {
  const { timeZone, interval } = to;
  const period = periodAt({ at, timeZone, interval }, 0);
  const next: Sub = {
    ...to,
    anchorAt: at,
    periodNumber: sub.periodNumber + 1,
    periodStart: period.start,
    periodEnd: period.end,
  };
  const from = { sub, planName: version.plan.name };
  const paid = await discountAt(ctx, sub, sub.periodStart);
  const used = await usageBill(ctx, sub, version, {
    start: sub.periodStart,
    end: at,
  });
  const lines = [
    ...unusedLines(from, periodOf(sub), at, paid),
    ...used.lines,
    ...baseFee({ sub: next, planName: chosen.plan.name }, period),
  ];
  return {
    next,
    version: chosen,
    effectiveAt: at,
    bill: {
      ...update({ lines, billed: used.billed }, period),
      discount: await discountAt(ctx, next, period.start),
      key: `period:${next.periodNumber}`,
    },
  };
}

function update(
  { lines, billed }: Pick<Bill, "lines" | "billed">,
  period: Bill["period"],
): Bill {
  const reason = "subscription_update";
  return { reason, lines, discount: null, period, key: null, billed };
}

async function changeNow(
  tx: TxCtx,
  { sub, version, now }: Held,
  outcome: Outcome,
): Promise<Sub> {
  await assertChargeable(tx, sub);
  const { next, issued } = await settleBill(tx, outcome, now);
  if (issued?.isOpen && !isInvoiced(sub)) await assertMethod(tx, sub);
  const after = await commit(tx, sub, next, {
    kind: "change",
    name: "subscription.changed",
    now,
    effectiveAt: outcome.effectiveAt,
    before: { ...termsOf(sub, version.plan.name), undo: undoOf(sub) },
    after: termsOf(next, outcome.version.plan.name),
    issued,
  });
  await charge(tx, after, issued);
  return after;
}

async function changeLater(
  tx: TxCtx,
  { sub, version, now }: Held,
  { next, version: chosen, effectiveAt }: Outcome,
): Promise<Sub> {
  return commit(tx, sub, sub, {
    kind: "change",
    name: "subscription.change_scheduled",
    status: "scheduled",
    now,
    effectiveAt,
    before: termsOf(sub, version.plan.name),
    after: termsOf(next, chosen.plan.name),
  });
}

/** What taking a change back puts in its place again. */
export type Undo = {
  unit_minor: string;
  anchor_at: string;
  period_number: number;
  period_start: string;
  period_end: string;
};

function undoOf(sub: Sub): Undo {
  return {
    unit_minor: String(sub.unitMinor),
    anchor_at: sub.anchorAt.toISOString(),
    period_number: sub.periodNumber,
    period_start: sub.periodStart.toISOString(),
    period_end: sub.periodEnd.toISOString(),
  };
}

function assertChangeable(sub: Sub, when: "now" | "period_end"): void {
  const isRunning = sub.status === "active" || sub.status === "trialing";
  const mayWait = when === "period_end" && sub.status === "past_due";
  const because = sub.cancelAt
    ? "is going to be canceled. Resume it first"
    : !isRunning && !mayWait
      ? `is ${sub.status.replaceAll("_", " ")}. ${advice(sub)}`
      : null;
  if (!because) return;
  throw new DomainError("CONFLICT", `This subscription ${because}.`, {
    status: sub.status,
  });
}

const advice = ({ status }: Sub) =>
  status === "paused"
    ? "Unpause it first"
    : status === "canceled" || status === "incomplete_expired"
      ? "Open another one"
      : "Pay what is due first";

async function assertChargeable(tx: TxCtx, sub: Sub): Promise<void> {
  if (isInvoiced(sub) || isOnTrial(sub)) return;
  const open = await openOf(tx, sub.id);
  if (open.length > 0)
    throw new DomainError(
      "CONFLICT",
      "A payment of this subscription is under way. Wait until it has come in, or has failed.",
      { invoice_id: open[0]?.id },
    );
}

async function assertMethod(tx: TxCtx, sub: Sub): Promise<void> {
  if (await canCharge(tx, sub.customerId)) return;
  throw new DomainError(
    "CONFLICT",
    "There is no payment method that can be charged. Add one first, then change the plan.",
  );
}

const yearly = (sub: Sub): bigint =>
  priceOfPeriod(sub) * (sub.interval === "month" ? 12n : 1n);
