import pg from "pg";
import { useDatabase } from "../support/database";
import { mulberry32 } from "../support/random";
import {
  differences,
  makeMeters,
  makeRunner,
  toAnswers,
  toStatement,
  type Op,
} from "./simulator/database";
import { dice as newDice } from "./simulator/dice";
import {
  expired,
  lastRefusal,
  newClock,
  opening,
  randomSteps,
  type Step,
} from "./simulator/script";
import { newState } from "./simulator/state";
import { forgetCalls } from "./simulator/windows";

const db = useDatabase();
const seed = Number(process.env["TEST_SEED"] ?? Date.now() % 1_000_000);
const wanted = Number(process.env["SIM_STEPS"] ?? 20_000);
const dice = newDice(mulberry32(seed));

beforeAll(async () => {
  await db.query(makeMeters);
  await db.query(makeRunner);
});

test(`${wanted} random steps, some of them killed, end as the oracle says (TEST_SEED=${seed})`, async () => {
  const state = newState();
  const clock = newClock(dice);
  await send(opening(state, dice, clock.now()));
  const seen = new Map<string, number>();
  let done = 0;
  for (let round = 0; done < wanted; round++) {
    if (dice.chance(0.04)) clock.leap();
    if (dice.chance(0.02)) {
      const due = expired(clock.now());
      await send([due]);
      due.apply(state, { verdicts: [], closed: null, ingested: [] });
      clock.stepBack();
    }
    const steps = randomSteps(state, dice, clock);
    if (dice.chance(0.03)) {
      await kill(steps);
      continue;
    }
    const answers = await send(steps);
    steps.forEach(({ apply, size }, i) => {
      const given = answers[i];
      if (!given) throw new Error("a step without an answer");
      apply(state, given);
      done += size;
      for (const { code } of given.verdicts)
        seen.set(code, (seen.get(code) ?? 0) + 1);
    });
    const last = lastRefusal(state, steps.at(-1), answers.at(-1));
    if (last && !clock.isBehind()) await judgeRetry(clock.now().at, last);
    for (const windows of state.windows.values())
      forgetCalls(windows, clock.now());
    if (round % 50 === 49) await compare();
  }
  await compare();
  // The mixture must make each common, or the test says little.
  const count = (...codes: string[]) =>
    codes.reduce((sum, code) => sum + (seen.get(code) ?? 0), 0);
  expect(count("VALID")).toBeGreaterThan(done / 20);
  expect(count("RATE_LIMITED")).toBeGreaterThan(done / 20);
  expect(count("QUOTA_EXCEEDED", "SPEND_CAP_REACHED")).toBeGreaterThan(
    done / 100,
  );

  async function compare(): Promise<void> {
    const due = expired(clock.now());
    await send([due]);
    due.apply(state, { verdicts: [], closed: null, ingested: [] });
    expect(await differences(db, state)).toEqual([]);
  }
}, 3_600_000);

async function send(steps: Step[]) {
  const ops = steps.map(({ op }) => op);
  const rows = await db.query<{ op: number; answer: unknown }>(
    ...toStatement(ops),
  );
  return toAnswers(ops, rows);
}

/** Run operations to somewhere in the middle, and have none of them count. */
async function kill(steps: Step[]): Promise<void> {
  const ops = steps.map(({ op }) => op);
  const client = new pg.Client({ connectionString: db.url });
  client.on("error", () => {}); // its backend is terminated
  await client.connect();
  const [backend] = (
    await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid")
  ).rows;
  await client.query("BEGIN");
  if (dice.chance(0.5)) {
    await client.query(...toStatement(ops));
    await client.query("ROLLBACK");
  } else {
    const middle = dice.whole(ops.length + 1);
    const asleep: Op[] = [...ops.slice(0, middle), { kind: "sleep" }];
    const dying = client.query(...toStatement(asleep)).catch(() => "dead");
    await untilAsleep(backend?.pid ?? 0);
    await db.query("SELECT pg_terminate_backend($1)", [backend?.pid]);
    expect(await dying).toBe("dead");
  }
  await client.end();
}

async function untilAsleep(pid: number): Promise<void> {
  for (let i = 0; i < 1_000; i++) {
    const [row] = await db.query<{ event: string | null }>(
      "SELECT wait_event AS event FROM pg_stat_activity WHERE pid = $1",
      [pid],
    );
    if (row?.event === "PgSleep") return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error("the backend never slept");
}

/** Waiting makes the next call pass; a millisecond less does not. */
async function judgeRetry(
  at: number,
  { question, verdict }: NonNullable<ReturnType<typeof lastRefusal>>,
): Promise<void> {
  const wait = Number(verdict.retry_after_ms);
  const moment = { at, real: at };
  const ask = async (later: number) => {
    const op: Op = {
      kind: "check",
      at: at + later,
      consume: false,
      asked: [question],
    };
    const [answers] = await send([{ op, moment, size: 0, apply: () => {} }]);
    return answers?.verdicts[0]?.code;
  };
  const told = JSON.stringify({ at: new Date(at), question, verdict });
  expect([told, (await ask(wait - 1)) === "VALID"]).toEqual([told, false]);
  expect([told, await ask(wait)]).toEqual([told, "VALID"]);
}
