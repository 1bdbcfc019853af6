import type { ProviderName } from "@/modules/payments/contract/parts";
import type { Interval } from "@/modules/plans/contract/terms";
import type { SubscriptionStatus } from "./contract/parts";
import { periodAt, periodNumber, type Anchor, type Period } from "./period";

/** A subscription as the rules see it: public ids, minor units, instants. */
export type Sub = {
  id: string;
  customerId: string;
  planVersionId: string;
  status: SubscriptionStatus;
  hasAccess: boolean;
  quantity: number;
  currency: string;
  interval: Interval;
  /** of one, for an interval */
  unitMinor: bigint;
  provider: ProviderName;
  providerSubscriptionId: string | null;
  couponId: string | null;
  couponUntil: Date | null;
  anchorAt: Date;
  timeZone: string;
  periodNumber: number;
  periodStart: Date;
  periodEnd: Date;
  trialEnd: Date | null;
  cancelAt: Date | null;
  cancelReason: string | null;
  cancelComment: string | null;
  canceledAt: Date | null;
  endedAt: Date | null;
  /** of one that has ended: when use is billed that came after its last bill */
  lateUntil: Date | null;
  pausedAt: Date | null;
  resumesAt: Date | null;
  paymentDueAt: Date | null;
  pastDueAt: Date | null;
  graceUntil: Date | null;
  dunningStep: number;
  /** the end that its people were told of */
  toldOf: Date | null;
  metadata: Record<string, unknown>;
  createdAt: Date;
  updatedAt: Date;
};

export const periodOf = ({ periodStart, periodEnd }: Sub): Period => ({
  start: periodStart,
  end: periodEnd,
});

export const anchorOf = ({ anchorAt, timeZone, interval }: Sub): Anchor => ({
  at: anchorAt,
  timeZone,
  interval,
});

/** The period that follows the current one. */
export function nextPeriod(sub: Sub): Period {
  const anchor = anchorOf(sub);
  return periodAt(anchor, periodNumber(anchor, sub.periodEnd));
}

/** What a period costs, before discount and tax. */
export const priceOfPeriod = ({ unitMinor, quantity }: Sub): bigint =>
  unitMinor * BigInt(quantity);

/** Whether the period that runs is the trial, which nobody paid for. */
export const isOnTrial = ({ trialEnd, periodEnd }: Sub): boolean =>
  trialEnd !== null && trialEnd.getTime() === periodEnd.getTime();

/** Whether its money is asked for by invoices that people pay, and not charged by us. */
export const isInvoiced = ({ provider }: Sub): boolean => provider === "manual";

/** Whether a provider bills it and we follow. */
export const isBilledElsewhere = (sub: Sub): boolean =>
  sub.providerSubscriptionId !== null;
