import { addSeconds } from "@/shared/time";
import { hasEnded } from "./status";
import { isBilledElsewhere, isOnTrial, type Sub } from "./subscription";

const day = 24 * 60 * 60;

/** The days after a payment failed on which its people are reminded, and it is tried again. */
export const dunningDays = [2, 7, 14, 21];

/** The day on which nobody waits any longer: the last try has had a day for its answer. */
export const dunningEndDay = 22;

/** What the clock does to a subscription, the more important first where two fall together. */
export const deeds = [
  "cancel",
  "expire",
  "end_trial",
  "unpause",
  "lapse",
  "end_access",
  "dun",
  "end_dunning",
  "renew",
  "tell",
  "bill_late",
] as const;
export type Deed = (typeof deeds)[number];
export type Appointment = { deed: Deed; at: Date };

/** How many days before the end of a trial or a period its people are told. */
export type NoticeDays = { trial: number; renewal: number };

/** What the clock will do to a subscription as it is now, in its order. */
export function agendaOf(sub: Sub, notice: NoticeDays): Appointment[] {
  if (hasEnded(sub.status))
    return sub.lateUntil ? [{ deed: "bill_late", at: sub.lateUntil }] : [];
  if (isBilledElsewhere(sub)) return graceOnly(sub);
  const due: [Deed, Date | null][] = [
    ["cancel", sub.cancelAt],
    ["tell", noticeOf(sub, notice)],
    ...byStatus(sub),
  ];
  return due
    .flatMap(([deed, at]) => (at ? [{ deed, at }] : []))
    .sort(
      (a, b) =>
        a.at.getTime() - b.at.getTime() ||
        deeds.indexOf(a.deed) - deeds.indexOf(b.deed),
    );
}

/** When the clock has to look at it next; null for never. */
export function nextActionAt(sub: Sub, notice: NoticeDays): Date | null {
  return agendaOf(sub, notice)[0]?.at ?? null;
}

/** What a provider bills follows its word; the grace days of access are ours. */
function graceOnly({ status, hasAccess, graceUntil }: Sub): Appointment[] {
  const isWaiting = status === "past_due" && hasAccess && graceUntil !== null;
  return isWaiting ? [{ deed: "end_access", at: graceUntil }] : [];
}

function byStatus(sub: Sub): [Deed, Date | null][] {
  switch (sub.status) {
    case "incomplete":
      return [["expire", sub.paymentDueAt]];
    case "trialing":
      return [["end_trial", sub.trialEnd]];
    case "active":
      return [
        ["lapse", sub.paymentDueAt],
        ["renew", sub.periodEnd],
      ];
    case "past_due":
      return [...dunning(sub), ["renew", sub.hasAccess ? sub.periodEnd : null]];
    case "paused":
      return [["unpause", sub.resumesAt]];
    case "unpaid":
    case "canceled":
    case "incomplete_expired":
      return [];
    default:
      return sub.status satisfies never;
  }
}

function dunning(sub: Sub): [Deed, Date | null][] {
  const since = sub.pastDueAt;
  if (!since) return [];
  const next = dunningDays[sub.dunningStep];
  return [
    ["end_access", sub.hasAccess ? sub.graceUntil : null],
    next === undefined
      ? ["end_dunning", addSeconds(since, dunningEndDay * day)]
      : ["dun", addSeconds(since, next * day)],
  ];
}

function noticeOf(sub: Sub, { trial, renewal }: NoticeDays): Date | null {
  const isRunning = sub.status === "active" || sub.status === "trialing";
  const isTold = sub.toldOf?.getTime() === sub.periodEnd.getTime();
  if (!isRunning || isTold || sub.cancelAt) return null;
  const days = isOnTrial(sub) ? trial : renewal;
  const at = addSeconds(sub.periodEnd, -days * day);
  // Of a period that is shorter than the notice nobody is told as it begins.
  return days === 0 || at <= sub.periodStart ? null : at;
}
