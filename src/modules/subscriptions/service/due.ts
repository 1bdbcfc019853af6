import { getBuyer, timeOf } from "@/modules/customers";
import { getPlanVersion } from "@/modules/plans";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { together } from "@/platform/together";
import { agendaOf } from "../agenda";
import { claimPage, claimThese, findClaimed, type Due } from "../queries/due";
import type { Sub } from "../subscription";
import { noticeDays } from "./commit";
import { runDeed } from "./deeds";

/** How many are worked on together, in one transaction. */
const chunk = 200;
/** More than the clock could ever have to do to one in one run. */
const mostSteps = 200;

/**
 * Do what is due of all subscriptions, chunk by chunk: the next deed of each in one transaction, so
 * that a crash loses none and repeats none. Several processes share a run. One that fails is named
 * in the log and left for the next run, and the others of its chunk are done without it. Gives how
 * many deeds were done.
 */
export async function runDue(ctx: Ctx): Promise<number> {
  const now = ctx.now();
  let done = 0;
  let after: Due | null = null;
  for (;;) {
    const { claimed, did } = await runPage(ctx, now, after);
    done += did.length;
    let left = did;
    for (let step = 1; step < mostSteps && left.length > 0; step += 1) {
      left = await runThese(ctx, left, now);
      done += left.length;
    }
    after = claimed.at(-1) ?? null;
    if (claimed.length < chunk) return done;
  }
}

/** Do the next thing that is due of a subscription by an instant; false when there is none. */
export async function runNext(ctx: Ctx, due: Due, by: Date): Promise<boolean> {
  const did = await transaction(ctx, async (tx) =>
    runClaimed(tx, await claimThese(tx, [due], by), by),
  );
  return did.length > 0;
}

async function runPage(
  ctx: Ctx,
  by: Date,
  after: Due | null,
): Promise<{ claimed: Due[]; did: Due[] }> {
  let claimed: Due[] = [];
  try {
    const did = await transaction(ctx, async (tx) => {
      claimed = await claimPage(tx, by, after, chunk);
      return runClaimed(tx, claimed, by);
    });
    return { claimed, did };
  } catch (error) {
    return { claimed, did: await withoutFailing(ctx, claimed, by, error) };
  }
}

async function runThese(ctx: Ctx, due: Due[], by: Date): Promise<Due[]> {
  try {
    return await transaction(ctx, async (tx) =>
      runClaimed(tx, await claimThese(tx, due, by), by),
    );
  } catch (error) {
    return withoutFailing(ctx, due, by, error);
  }
}

/** Halve what failed until what fails is alone. */
async function withoutFailing(
  ctx: Ctx,
  due: Due[],
  by: Date,
  error: unknown,
): Promise<Due[]> {
  const [first, ...others] = due;
  if (!first) throw error;
  if (others.length === 0) {
    ctx.log.error({ err: error, subscription_id: first.id }, "billing failed");
    return [];
  }
  const half = Math.ceil(due.length / 2);
  return [
    ...(await runThese(ctx, due.slice(0, half), by)),
    ...(await runThese(ctx, due.slice(half), by)),
  ];
}

/** The next deed of each of them; those that had one. */
async function runClaimed(tx: TxCtx, due: Due[], by: Date): Promise<Due[]> {
  const subs = await findClaimed(tx, due);
  const did = await together(tx, byCustomer(due), async (lane, ofOne) => {
    const done: Due[] = [];
    for (const one of ofOne) {
      const sub = subs.get(one.id);
      if (sub && (await runFirst(lane, sub, by))) done.push(one);
    }
    return done;
  });
  return did.flat();
}

async function runFirst(tx: TxCtx, sub: Sub, by: Date): Promise<boolean> {
  const [next] = agendaOf(sub, await noticeDays(tx));
  if (!next || next.at > by) return false;
  const customer = await getBuyer(tx, sub.customerId);
  const version = await getPlanVersion(tx, sub.planVersionId);
  const now = timeOf(tx, customer);
  await runDeed(tx, next.deed, { sub, customer, version, now });
  return true;
}

// Those of a customer one after the other: what one does to it, the next has to see.
function byCustomer(due: Due[]): Due[][] {
  const groups = new Map<string, Due[]>();
  for (const one of due) {
    const group = groups.get(one.customerId);
    if (group) group.push(one);
    else groups.set(one.customerId, [one]);
  }
  return [...groups.values()];
}
