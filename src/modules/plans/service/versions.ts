import { assertUnchanged } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError } from "@/shared/errors";
import { toPage, type PageQuery } from "@/shared/page";
import type { Plan, PlanVersion } from "../contract";
import type { PlanTermsInput } from "../contract/terms";
import { updatePlan } from "../queries/plans";
import {
  deleteVersion,
  findVersions,
  insertDraft,
  publish,
  replaceTerms,
} from "../queries/versions";
import {
  loadLocked,
  loadPlan,
  loadVersion,
  namedMeters,
  toldOfVersion,
} from "./load";
import { copied, entitle, problemsNow, toNewTerms } from "./terms";

/** One page of a plan's versions, the newest first. Needs plans:read; throws NOT_FOUND. */
export async function listVersions(ctx: Ctx, planId: string, query: PageQuery) {
  authorize(ctx, "plans:read");
  await loadPlan(ctx, planId);
  const meters = await namedMeters(ctx);
  const { items, total } = await findVersions(ctx, planId, query, meters);
  return toPage(query, items, total);
}

/** A version of a plan. Needs plans:read; throws NOT_FOUND. */
export async function getVersion(
  ctx: Ctx,
  planId: string,
  id: string,
): Promise<PlanVersion> {
  authorize(ctx, "plans:read");
  return loadVersion(ctx, planId, id);
}

/**
 * Begin a version: a draft with the terms of the current one, empty for the first. Needs
 * plans:write; throws NOT_FOUND, and CONFLICT while the plan has a draft.
 */
export async function draftVersion(
  ctx: Ctx,
  planId: string,
): Promise<PlanVersion> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const plan = await loadLocked(tx, planId);
    const { current_version: current, draft_version: draft } = plan;
    if (draft)
      throw new DomainError(
        "CONFLICT",
        `${plan.name} has a draft already: version ${draft.number}. Change, publish or discard that one.`,
        { version_id: draft.id },
      );
    const id = await insertDraft(tx, planId);
    if (current) await replaceTerms(tx, id, copied(current));
    await updatePlan(tx, planId, {});
    const after = await loadVersion(tx, planId, id);
    await toldOfVersion(tx, "plan.version_drafted", plan, after, { after });
    return after;
  });
}

/**
 * Replace all terms of a draft. Needs plans:write; throws NOT_FOUND, VALIDATION_FAILED, and
 * CONFLICT for a version that is published.
 */
export async function setTerms(
  ctx: Ctx,
  planId: string,
  id: string,
  input: PlanTermsInput,
): Promise<PlanVersion> {
  return withDraft(ctx, planId, id, async (tx, plan, before) => {
    await replaceTerms(tx, id, await toNewTerms(tx, input, "body."));
    await updatePlan(tx, planId, {});
    const after = await loadVersion(tx, planId, id);
    const change = { before, after };
    await toldOfVersion(tx, "plan.version_updated", plan, after, change);
    return after;
  });
}

/**
 * Publish a draft: it becomes the current version, grants what it says to whoever gets it, and
 * never changes. Subscriptions that there are keep theirs. Needs plans:write; throws NOT_FOUND, and
 * CONFLICT, with what is missing by field, for a draft that is not complete.
 */
export async function publishVersion(
  ctx: Ctx,
  planId: string,
  id: string,
): Promise<PlanVersion> {
  return withDraft(ctx, planId, id, async (tx, plan, before) => {
    const fields = await problemsNow(tx, before);
    if (fields.length > 0)
      throw new DomainError(
        "CONFLICT",
        `This draft cannot be published yet. ${fields.map(({ field, message }) => `${field}: ${message}`).join("; ")}`,
        { fields },
      );
    await publish(tx, id);
    await updatePlan(tx, planId, { current_version_id: id });
    const after = await loadVersion(tx, planId, id);
    await entitle(tx, after);
    const change = { before, after };
    await toldOfVersion(tx, "plan.version_published", plan, after, change);
    return after;
  });
}

/** Discard a draft, and tell the plan without it. Needs plans:write; throws NOT_FOUND, CONFLICT. */
export async function discardDraft(
  ctx: Ctx,
  planId: string,
  id: string,
): Promise<Plan> {
  return withDraft(ctx, planId, id, async (tx, plan, before) => {
    await deleteVersion(tx, id);
    await updatePlan(tx, planId, {});
    await toldOfVersion(tx, "plan.version_discarded", plan, before, { before });
    return loadPlan(tx, planId);
  });
}

async function withDraft<T>(
  ctx: Ctx,
  planId: string,
  id: string,
  write: (tx: TxCtx, plan: Plan, before: PlanVersion) => Promise<T>,
): Promise<T> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const plan = await loadLocked(tx, planId);
    const before = await loadVersion(tx, planId, id);
    await assertUnchanged(tx, "version", before);
    if (before.status === "published")
      throw new DomainError(
        "CONFLICT",
        `Version ${before.number} of ${plan.name} is published, so it never changes. Begin a new version instead.`,
      );
    return write(tx, plan, before);
  });
}
