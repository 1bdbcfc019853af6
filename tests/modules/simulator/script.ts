import { close, report, type Event } from "./booking";
import {
  addCustomer,
  addKey,
  features,
  randomChange,
  renewal,
  type Change,
} from "./changes";
import { expiry, type Answers, type Op } from "./database";
import type { Dice } from "./dice";
import type { Question } from "./holds";
import { inOrder, judge } from "./oracle";
import { expire, meterNames, type State } from "./state";
import type { Moment } from "./windows";

/** One operation, when it is, and what the oracle says of its answers. */
export type Step = {
  op: Op;
  moment: Moment;
  /** how many of the simulation's steps it is */
  size: number;
  apply: (state: State, answers: Answers) => void;
};

/** The customers, keys and first quotas. */
export function opening(state: State, dice: Dice, moment: Moment): Step[] {
  const steps: Step[] = [];
  for (let i = 0; i < 8; i++) {
    const customer = dice.id();
    steps.push(changed(addCustomer(customer), moment));
    for (let k = 0; k < 3; k++)
      steps.push(changed(addKey(dice, customer, dice.id()), moment));
  }
  for (const { apply } of steps) apply(state, none);
  for (let i = 0; i < 120; i++) {
    const step = changed(randomChange(state, dice, moment.at), moment);
    step.apply(state, none);
    steps.push(step);
  }
  return steps;
}

const none: Answers = { verdicts: [], closed: null, ingested: [] };

/** A few operations in a row, as time goes on. */
export function randomSteps(state: State, dice: Dice, clock: Clock): Step[] {
  const steps = [...state.customers.values()].flatMap((customer) => {
    const change = dice.chance(0.3) ? renewal(customer, clock.now().at) : null;
    return change ? [changed(change, clock.now())] : [];
  });
  for (let i = 0; i < 10; i++) {
    clock.pass();
    const moment = clock.now();
    const kind = dice.whole(100);
    if (kind < 60) steps.push(checked(state, dice, moment));
    else if (kind < 75) steps.push(...closed(state, dice, moment));
    else if (kind < 88) steps.push(reported(state, dice, moment));
    else steps.push(changed(randomChange(state, dice, moment.at), moment));
  }
  return steps;
}

export type Clock = ReturnType<typeof newClock>;

/** A clock that mostly goes on, at times leaps ahead, and now and then steps back. */
export function newClock(dice: Dice) {
  const moment = { at: Date.UTC(2026, 0, 30), real: Date.UTC(2026, 0, 30) };
  let peak = moment.at;
  const go = (ms: number) => {
    moment.at += ms;
    moment.real += ms;
  };
  return {
    now: (): Moment => ({ ...moment }),
    pass: () =>
      go(
        dice.whole(
          dice.pick([5, 5, 60, 60, 400, 2_000, 2_000, 30_000, 900_000]),
        ),
      ),
    leap: () => go(dice.whole(dice.pick([4, 12, 24, 240]) * 3_600_000)),
    /** then the next period may hold use already, which no wait foresees */
    isBehind: () => moment.at < peak,
    stepBack: () => {
      peak = Math.max(peak, moment.at);
      moment.at -= dice.pick([50, 700, 1_300, 50_000, 3_600_000, 90_000_000]);
    },
  };
}

function changed({ sql, apply }: Change, moment: Moment): Step {
  return { op: { kind: "change", sql }, moment, size: 1, apply };
}

/** What is due expires: so the oracle, which forgets nothing, may do the same before a step back. */
export function expired(moment: Moment): Step {
  return {
    op: { kind: "change", sql: expiry(moment.at) },
    moment,
    size: 0,
    apply: (state) => expire(state, moment.at),
  };
}

function checked(state: State, dice: Dice, moment: Moment): Step {
  const asked = Array.from({ length: dice.pick([1, 2, 4, 8, 24, 40]) }, () =>
    randomQuestion(state, dice),
  );
  const consume = dice.chance(0.9);
  return {
    op: { kind: "check", at: moment.at, consume, asked },
    moment,
    size: asked.length,
    apply: (known, { verdicts }) => {
      for (const { question, verdict } of inOrder(known, asked, verdicts))
        judge(known, question, verdict, moment, consume);
    },
  };
}

function randomQuestion(state: State, dice: Dice): Question {
  const who = dice.chance(0.6)
    ? { key: dice.pick([...state.keys.keys()]) }
    : { customer: dice.pick([...state.customers.keys()]) };
  const meter = dice.chance(0.5) ? dice.pick(meterNames) : undefined;
  const question = {
    ...(dice.chance(0.01) ? { key: dice.hash() } : who),
    cost: dice.chance(0.7) ? 1 : 1 + dice.whole(12),
    ...(meter && { meter: dice.chance(0.01) ? "nobodys" : meter }),
    ...(dice.chance(0.15) && { feature: dice.pick(features) }),
  };
  if (!dice.chance(0.15)) return question;
  const amount = meter && dice.chance(0.8) ? dice.quarters(30) : 0;
  const spend = dice.chance(0.5) ? dice.quarters(10) : 0;
  const ttl = 1 + dice.whole(dice.pick([5, 300, 86_400]));
  return { ...question, reserve: { amount, spend, ttl } };
}

function closed(state: State, dice: Dice, moment: Moment): Step[] {
  const all = [...state.reservations.values()];
  const open = all.filter(({ status }) => status === "held");
  const chosen = dice.pick(
    dice.chance(0.85) && open.length > 0 ? open : all.slice(-50),
  );
  if (all.length === 0) return [];
  const { id } = chosen;
  const used = dice.chance(0.7)
    ? { amount: dice.quarters(40), spend: dice.quarters(8) }
    : null;
  const again = chosen.status === "settled" && dice.chance(0.5);
  const given =
    again && chosen.settledAmount !== null
      ? { amount: chosen.settledAmount, spend: chosen.settledSpend ?? 0 }
      : used;
  return [
    {
      op: { kind: "close", at: moment.at, id, used: given },
      moment,
      size: 1,
      apply: (known, answers) => {
        const expected = close(known, id, given, moment.at);
        const told = answers.closed;
        if (told?.status !== expected.status || told.agrees !== expected.agrees)
          throw new Error(JSON.stringify({ id, given, told, expected }));
      },
    },
  ];
}

function reported(state: State, dice: Dice, moment: Moment): Step {
  const events = Array.from({ length: 1 + dice.whole(5) }, (_, i) =>
    randomEvent(state, dice, moment.at - i),
  );
  return {
    op: { kind: "ingest", events },
    moment,
    size: events.length,
    apply: (known, { ingested }) => {
      events.forEach((event, i) => {
        const expected = report(known, event) ? "accepted" : "duplicate";
        if (ingested[i] !== expected)
          throw new Error(JSON.stringify({ event, expected, ingested }));
      });
    },
  };
}

function randomEvent(state: State, dice: Dice, at: number): Event {
  const key = dice.chance(0.7) ? dice.pick([...state.keys.values()]) : null;
  const [again] = [...state.events].slice(-1);
  const last = again?.split(" ");
  const isAgain = last !== undefined && dice.chance(0.05);
  return {
    id: isAgain ? (last[1] ?? "") : dice.id(),
    customer:
      (isAgain ? last[0] : key?.customer) ??
      dice.pick([...state.customers.keys()]),
    key: isAgain ? null : key,
    at: at - dice.pick([0, 0, 60_000, 3_600_000, 20 * 86_400_000]),
    meter: dice.pick(["calls", "calls", "images", "seats", "level", "chat"]),
    tokens: dice.whole(60),
    quantity: dice.quarters(12),
    cost: dice.chance(0.5) ? dice.quarters(4) : null,
    model: dice.chance(0.8) ? `model-${dice.whole(30)}` : null,
    isRefused: dice.chance(0.05),
  };
}

/** The question that was decided last, to ask it again later; null when it was not refused. */
export function lastRefusal(
  state: State,
  step: Step | undefined,
  answers: Answers | undefined,
) {
  if (step?.op.kind !== "check" || !answers) return null;
  const last = inOrder(state, step.op.asked, answers.verdicts).at(-1);
  return last && last.verdict.retry_after_ms !== null ? last : null;
}
