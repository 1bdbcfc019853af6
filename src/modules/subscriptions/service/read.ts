import { getVisibleCustomer } from "@/modules/customers";
import { versionsOfPlan } from "@/modules/plans";
import { authorize, owned, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import { toCursorPage, toPage, type Page, type PageQuery } from "@/shared/page";
import type { ChangeQuery } from "../contract";
import type { PreviewInput, SubscriptionQuery } from "../contract/inputs";
import type { Preview, Subscription } from "../contract/parts";
import { closeScheduled, findChange, listChanges } from "../queries/changes";
import { findSubs } from "../queries/subscriptions";
import { planChange } from "./change";
import { commit } from "./commit";
import { planCancel, resumeSubscription } from "./end";
import { assertOurs, hold, load } from "./hold";
import { previewOf, type Outcome } from "./outcome";
import { planUnpause } from "./pause";
import { shown, shownAll } from "./shown";
import { termsOf } from "./terms";

/** One page of subscriptions, newest first. Needs billing:read; a customer's people see their own. */
export async function listSubscriptions(
  ctx: Ctx,
  query: SubscriptionQuery,
): Promise<Page<Subscription>> {
  authorize(ctx, "billing:read");
  const { plan_id, ...filter } = query;
  const { items, total, exact } = await findSubs(ctx, {
    ...filter,
    customer_id: owned(ctx) ?? query.customer_id,
    versions: plan_id ? await versionsOfPlan(ctx, plan_id) : null,
  });
  return toPage(query, await shownAll(ctx, items), total, exact);
}

/** A customer's subscriptions, newest first. Needs billing:read; throws NOT_FOUND. */
export async function listCustomerSubscriptions(
  ctx: Ctx,
  customer_id: string,
  query: PageQuery,
): Promise<Page<Subscription>> {
  authorize(ctx, "billing:read");
  await getVisibleCustomer(ctx, customer_id);
  return listSubscriptions(ctx, { ...query, customer_id });
}

/** A subscription by public id. Needs billing:read; throws NOT_FOUND. */
export async function getSubscription(
  ctx: Ctx,
  id: string,
): Promise<Subscription> {
  authorize(ctx, "billing:read");
  const { sub } = await load(ctx, id);
  return shown(ctx, sub);
}

/** What was and will be changed about one, newest first. Needs billing:read; throws NOT_FOUND. */
export async function listSubscriptionChanges(
  ctx: Ctx,
  id: string,
  { cursor, limit }: ChangeQuery,
) {
  authorize(ctx, "billing:read");
  await load(ctx, id);
  return toCursorPage(await listChanges(ctx, id, cursor, limit + 1), limit);
}

/** What a verb would do, with the exact money. Needs billing:read; throws as the verb would. */
export async function previewChange(
  ctx: Ctx,
  id: string,
  input: PreviewInput,
): Promise<Preview> {
  authorize(ctx, "billing:read");
  const held = await load(ctx, id);
  assertOurs(held.sub);
  const outcome = await outcomeOf(ctx, held, input);
  const before = termsOf(held.sub, held.version.plan.name);
  return previewOf(ctx, before, outcome, held.now);
}

function outcomeOf(
  ctx: Ctx,
  held: Awaited<ReturnType<typeof load>>,
  input: PreviewInput,
): Promise<Outcome> {
  switch (input.act) {
    case "change":
      return planChange(ctx, held, input, held.now);
    case "cancel":
      return planCancel(ctx, held, input, held.now);
    case "unpause":
      return planUnpause(ctx, held);
    default:
      return input satisfies never;
  }
}

/** Call off what is scheduled. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function cancelScheduledChange(
  ctx: Ctx,
  id: string,
  changeId: string,
): Promise<Subscription> {
  authorize(ctx, "billing:write", "plan");
  return transaction(ctx, async (tx) => {
    const { sub, version, now } = await hold(tx, id);
    const change = await findChange(tx, id, changeId);
    if (!change) throw notFound("change of this subscription");
    if (change.status !== "scheduled")
      throw new DomainError(
        "CONFLICT",
        `This change is ${change.status} already, so it cannot be called off.`,
        { status: change.status },
      );
    if (change.kind === "cancel") return resumeSubscription(tx, id);
    await closeScheduled(tx, id, "change", "canceled", now);
    const after = await commit(tx, sub, sub, {
      kind: "resume",
      name: "subscription.change_canceled",
      now,
      after: termsOf(sub, version.plan.name),
    });
    return shown(tx, after);
  });
}
