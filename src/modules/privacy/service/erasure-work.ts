import { record } from "@/modules/audit";
import { alone, type Held } from "@/platform/alone";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { noteErasure } from "@/platform/erasure-register";
import { emit } from "@/platform/outbox";
import { addSeconds } from "@/shared/time";
import { emptyCustomer } from "../queries/erase";
import {
  findDue,
  findErasure,
  forgetAskers,
  updateErasure,
  type StoredErasure,
} from "../queries/erasures";
import { findSubjects } from "../queries/subjects";
import type { Subjects } from "../queries/tables";
import { beginDue } from "./closing";
import { noteWait, queueErasure } from "./erasure";
import { steps } from "./steps";

const stuckSeconds = 60;

/**
 * Go on with an erasure where it was left. A process that dies does none of its steps by half: each
 * is a transaction, or looks for what is left of its work.
 */
export async function workOnErasure(ctx: Ctx, id: string): Promise<void> {
  await alone(`erasure:${id}`, async (held) => {
    // One that is scheduled begins, if its time has come.
    await transaction(ctx, (tx) => beginDue(tx, id));
    const erasure = await findErasure(ctx, id);
    if (!erasure || !["waiting", "running"].includes(erasure.status)) return;
    await goOn(ctx, erasure, held);
  });
}

/** Take up the erasures that nobody works on. */
export async function resumeErasures(ctx: Ctx): Promise<void> {
  const since = addSeconds(ctx.now(), -stuckSeconds);
  for (const { id } of await findDue(ctx, since))
    await transaction(ctx, (tx) => queueErasure(tx, id));
}

async function goOn(
  ctx: Ctx,
  erasure: StoredErasure,
  held: Held,
): Promise<void> {
  const { id, customer_id, subjects: noted, steps_done } = erasure;
  const subjects = await gathered(ctx, customer_id, noted);
  if (!subjects) return finish(ctx, id, customer_id);
  await updateErasure(ctx, id, {
    ...{ status: "running", subjects },
    ...(noted === null && { started_at: ctx.now() }),
  });
  for (const [at, step] of steps.entries()) {
    if (at < steps_done) continue;
    held.assert();
    const waits_for = await step(ctx, subjects);
    if (waits_for)
      return transaction(ctx, (tx) => noteWait(tx, erasure, waits_for));
    await updateErasure(ctx, id, { steps_done: at + 1, waits_for: null });
  }
  await finish(ctx, id, customer_id);
}

// People go with a step, and must be known to those after it.
async function gathered(
  ctx: Ctx,
  customerId: string,
  noted: Subjects | null,
): Promise<Subjects | null> {
  const found = await findSubjects(ctx, customerId, { onlyTheirs: true });
  if (!found || !noted) return found;
  const both = (name: "people" | "emails" | "names" | "refs") => [
    ...new Set([...noted[name], ...found[name]]),
  ];
  return {
    ...found,
    people: both("people"),
    emails: both("emails"),
    names: both("names"),
    refs: both("refs"),
  };
}

async function finish(ctx: Ctx, id: string, customerId: string): Promise<void> {
  // Before it is done: of one that is not noted a restore would know nothing.
  await noteErasure({
    customer_id: customerId,
    erased_at: ctx.now().toISOString(),
  });
  await transaction(ctx, async (tx) => {
    await emptyCustomer(tx, customerId);
    await forgetAskers(tx, customerId);
    await updateErasure(tx, id, {
      status: "done",
      steps_done: steps.length,
      subjects: null,
      waits_for: null,
      finished_at: tx.now(),
    });
    await record(tx, {
      action: "customer.erased",
      target: { kind: "customer", id: customerId },
      customerId,
    });
    await emit(tx, {
      name: "customer.erased",
      payload: { customer_id: customerId },
    });
  });
}
