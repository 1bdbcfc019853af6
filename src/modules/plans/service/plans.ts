import { assertUnchanged } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError } from "@/shared/errors";
import { newId } from "@/shared/ids";
import { toPage } from "@/shared/page";
import type { Plan, PlanInput, PlanPatch, PlanQuery } from "../contract";
import {
  findPlan,
  findPlans,
  insertPlan,
  updatePlan,
  type PlanData,
} from "../queries/plans";
import { insertDraft, replaceTerms } from "../queries/versions";
import { loadLocked, loadPlan, namedMeters, told } from "./load";
import { toNewTerms } from "./terms";

/** One page of plans, hidden ones too; archived ones only if asked for. Needs plans:read. */
export async function listPlans(ctx: Ctx, query: PlanQuery) {
  authorize(ctx, "plans:read");
  const found = await findPlans(ctx, query, await namedMeters(ctx));
  return toPage(query, found.items, found.total);
}

/** A plan by public id. Needs plans:read; throws NOT_FOUND. */
export async function getPlan(ctx: Ctx, id: string): Promise<Plan> {
  authorize(ctx, "plans:read");
  return loadPlan(ctx, id);
}

/**
 * Create a plan with a draft of its first version; it is sold once that is published. Needs
 * plans:write; throws CONFLICT for a code that is taken, VALIDATION_FAILED for an unknown meter.
 */
export async function createPlan(
  ctx: Ctx,
  { terms, ...input }: PlanInput,
): Promise<Plan> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const id = newId("pln");
    const data: PlanData = {
      code: input.code,
      name: input.name,
      description: input.description ?? "",
      is_public: input.is_public ?? true,
      position: input.position ?? 0,
    };
    if (!(await insertPlan(tx, id, data))) throw await taken(tx, data.code);
    const draft = await insertDraft(tx, id);
    if (terms)
      await replaceTerms(tx, draft, await toNewTerms(tx, terms, "body.terms."));
    const made = await loadPlan(tx, id);
    await told(tx, "plan.created", null, made);
    return made;
  });
}

/**
 * Change a plan's code, name, words, place or visibility, archive it or sell it again. Needs
 * plans:write; throws NOT_FOUND, CONFLICT.
 */
export async function changePlan(
  ctx: Ctx,
  id: string,
  { is_archived, ...patch }: PlanPatch,
): Promise<Plan> {
  return change(ctx, id, "plan.updated", async (tx, before) => {
    const other =
      patch.code === undefined || patch.code === before.code
        ? null
        : await findPlan(tx, { code: patch.code }, new Map());
    if (other) throw await taken(tx, other.code);
    await updatePlan(tx, id, {
      ...given(patch),
      ...(is_archived !== undefined && {
        archived_at: is_archived ? tx.now() : null,
      }),
    });
    return true;
  });
}

/**
 * Archive a plan: nobody can choose it any more, and subscriptions that have it keep it. Doing so
 * twice is no error. Needs plans:write; throws NOT_FOUND.
 */
export async function archivePlan(ctx: Ctx, id: string): Promise<Plan> {
  return change(ctx, id, "plan.archived", async (tx, before) => {
    if (before.archived_at) return false;
    await updatePlan(tx, id, { archived_at: tx.now() });
    return true;
  });
}

async function change(
  ctx: Ctx,
  id: string,
  action: `plan.${string}`,
  write: (tx: TxCtx, before: Plan) => Promise<boolean>,
): Promise<Plan> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const before = await loadLocked(tx, id);
    await assertUnchanged(tx, "plan", before);
    if (!(await write(tx, before))) return before;
    const after = await loadPlan(tx, id);
    await told(tx, action, before, after);
    return after;
  });
}

/** Without what the patch does not name. */
function given(patch: Omit<PlanPatch, "is_archived">): Partial<PlanData> {
  const entries = Object.entries(patch);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

async function taken(tx: TxCtx, code: string): Promise<DomainError> {
  const other = await findPlan(tx, { code }, new Map());
  return new DomainError(
    "CONFLICT",
    other?.archived_at
      ? `An archived plan has the code ${code}. Sell that one again, or choose another code.`
      : `Another plan has the code ${code}. Choose another one.`,
    {
      ...(other && { plan_id: other.id }),
      fields: [{ field: "body.code", message: "is taken" }],
    },
  );
}
