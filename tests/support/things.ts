import { checkAccess } from "@/modules/access";
import { findLineage } from "@/modules/keys";
import { addBoost } from "@/modules/limits";
import { getSystem } from "@/modules/operations";
import { createMeter } from "@/modules/meters";
import {
  createPlan,
  draftVersion,
  findPlanByCode,
  publishVersion,
} from "@/modules/plans";
import type { PlanTermsInput } from "@/modules/plans/contract/terms";
import { createPrice } from "@/modules/pricing";
import type { Ctx } from "@/platform/context";
import { prisma } from "@/platform/db";
import { newId, randomText, toUuid } from "@/shared/ids";
import { addSeconds } from "@/shared/time";

/** A price of a model that nobody else has priced. */
export function price(ctx: Ctx) {
  const model = randomText(12).toLowerCase();
  return createPrice(ctx, {
    provider: "example",
    model,
    per_call: "0.01",
    source: "A test",
  });
}

/** A meter that has counted nothing. */
export function meter(ctx: Ctx) {
  return createMeter(ctx, {
    ...{ title: "Test", unit: "", aggregation: "count", field: null },
    ...{ property: null, event_meter: null, provider: null, model: null },
    name: `m_${randomText(12).toLowerCase()}`,
  });
}

/** A plan that is sold, at $10 a month unless said. */
export async function plan(
  ctx: Ctx,
  terms: Partial<PlanTermsInput> = {},
  named: { code: string; name: string } = {
    code: `p_${randomText(12).toLowerCase()}`,
    name: "Test",
  },
) {
  const prices: PlanTermsInput["prices"] = [
    { interval: "month", price: { amount: 1_000, currency: "USD" } },
  ];
  const { code } = named;
  const input = { ...named, terms: { prices, ...terms } };
  const { id, draft_version } = await createPlan(ctx, input);
  const version = await publishVersion(ctx, id, draft_version?.id ?? "");
  return { id, code, version };
}

/** A draft of a plan that has none. */
export async function draft(ctx: Ctx, planId?: string): Promise<string> {
  const { id } = await draftVersion(ctx, planId ?? (await plan(ctx)).id);
  return id;
}

/** The id of the plan with this code, which then has a draft. */
export async function soldWithDraft(ctx: Ctx, code: string): Promise<string> {
  const found = await findPlanByCode(ctx, code);
  if (!found) throw new Error(`There is no plan ${code}`);
  await draft(ctx, found.id);
  return found.id;
}

/** A boost that runs for an hour. */
export async function boost(ctx: Ctx, customer_id: string): Promise<string> {
  const made = await addBoost(
    ctx,
    customer_id,
    {
      limits: { per_minute: 10 },
      reason: "A test",
      ends_at: addSeconds(ctx.now(), 3_600).toISOString(),
    },
    findLineage,
  );
  return made.id;
}

/** Money held of a customer that has no cap. */
export async function reservation(
  ctx: Ctx,
  customer_id: string,
): Promise<string> {
  const reserve = { amount: 0, spend: "1", ttl: 300 };
  const held = await checkAccess(ctx, { customer_id, cost: 1, reserve });
  if (!held.reservation) throw new Error("Nothing was reserved");
  return held.reservation.id;
}

/** Something in the inbox of a person of a customer. */
export async function notification(customerId: string): Promise<string> {
  const { user_id } = await prisma().membership.findFirstOrThrow({
    where: { customer_id: toUuid(customerId) },
  });
  const id = newId("ntf");
  const event = "password.changed";
  const data = { id: toUuid(id), user_id, event, params: {} };
  await prisma().notification.create({ data });
  return id;
}

/** A job that failed at each of its tries. */
export async function failedJob(ctx: Ctx): Promise<string> {
  const before = new Set(
    (await getSystem(ctx)).queue.failures.map(({ id }) => id),
  );
  await prisma().$queryRaw`
    SELECT id FROM graphile_worker.permanently_fail_jobs(
      ARRAY[(graphile_worker.add_job('nobody_does_this')).id], 'A test')`;
  const { queue } = await getSystem(ctx);
  const made = queue.failures.find(({ id }) => !before.has(id));
  if (!made) throw new Error("No job failed");
  return made.id;
}

/** The instant so many days from now. */
export const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString();
