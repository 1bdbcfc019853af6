import { getVisibleCustomer, holdCustomer } from "@/modules/customers";
import {
  getSoldVersion,
  versionsOfPlan,
  type SoldVersion,
} from "@/modules/plans";
import { openSubscription } from "@/modules/subscriptions";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { randomBits } from "@/shared/ids";
import { toPage } from "@/shared/page";
import type {
  License,
  LicenseInput,
  LicensePatch,
  LicenseQuery,
} from "../contract";
import { formatKey, keyBytes } from "../license-key";
import {
  findLicense,
  findLicenses,
  insertLicense,
  type LicenseChange,
} from "../queries/licenses";
import { planQuotas } from "../plan-quotas";
import { endOf, endWith } from "../term";
import { withName, withNames } from "./shown";
import { toldOfLicense } from "./told";

/** Licenses that the actor may see, newest first. Needs licenses:read. */
export async function listLicenses(ctx: Ctx, query: LicenseQuery) {
  authorize(ctx, "licenses:read");
  const wanted = query.customer_id ?? owned(ctx);
  if (wanted) await getVisibleCustomer(ctx, wanted);
  const planVersionIds = query.plan_id
    ? await versionsOfPlan(ctx, query.plan_id)
    : null;
  const scope = { owner: wanted, planVersionIds };
  const { items, total } = await findLicenses(ctx, scope, query);
  return toPage(query, await withNames(ctx, items), total, total <= 10_000);
}

/** A license by public id. Needs licenses:read; throws NOT_FOUND. */
export async function getLicense(ctx: Ctx, id: string): Promise<License> {
  authorize(ctx, "licenses:read");
  const license = await findLicense(ctx, id, owned(ctx));
  if (!license) throw notFound("license");
  return withName(ctx, license);
}

/**
 * Issue a license with a new key. Its end follows from the cycle in the customer's time zone, from
 * valid_days, or is expires_at; one that starts on activation has none until then. With a plan it
 * has the plan's name and allowances, and may come with a subscription, which needs billing:write
 * too. Needs licenses:write; throws NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function issueLicense(
  ctx: Ctx,
  input: LicenseInput,
): Promise<License> {
  authorize(ctx, "licenses:write");
  refuseContradiction(ctx, input);
  return transaction(ctx, async (tx) => {
    const customer = await holdCustomer(tx, input.customer_id);
    if (customer.status === "archived")
      throw new DomainError(
        "CONFLICT",
        `${customer.name} is archived. Make it active before you give it a license.`,
      );
    const version = input.plan_id
      ? await getSoldVersion(tx, input.plan_id)
      : null;
    const subscription = version && (await subscriptionOf(tx, input, version));
    const term = {
      interval: input.interval,
      validDays: input.valid_days ?? null,
      timeZone: customer.time_zone,
    };
    const chosen = subscription
      ? endWith(subscription)
      : input.expires_at
        ? new Date(input.expires_at)
        : null;
    // One instant for both: renewals count from it.
    const now = tx.now();
    const end = chosen ?? endOf(term, now);
    const license = await insertLicense(tx, {
      customerId: customer.id,
      subscriptionId: subscription?.id ?? null,
      planVersionId: version?.id ?? null,
      name: input.name ?? version?.plan.name ?? "License",
      now,
      key: formatKey(randomBits(keyBytes)),
      isPending: input.starts_on_activation,
      interval: input.interval,
      validDays: term.validDays,
      expiresAt: input.starts_on_activation ? null : end,
      allowed: {
        ...(version && { quotas: planQuotas(version.features) }),
        ...allowance(input),
      },
    });
    await toldOfLicense(tx, "license.issued", null, license);
    return withName(tx, license);
  });
}

/** What of an input says what a license allows: only the fields that are given. */
export function allowance(input: LicensePatch): LicenseChange {
  const { name, max_machines, max_domains, is_floating } = input;
  const { lease_seconds, churn_limit, quotas, metadata } = input;
  return {
    ...(name !== undefined && { name }),
    ...(max_machines !== undefined && { max_machines }),
    ...(max_domains !== undefined && { max_domains }),
    ...(is_floating !== undefined && { is_floating }),
    ...(lease_seconds !== undefined && { lease_seconds }),
    ...(churn_limit !== undefined && { churn_limit }),
    ...(quotas !== undefined && { quotas }),
    ...(metadata !== undefined && { metadata }),
  };
}

/** Throws VALIDATION_FAILED for an end that has passed. */
export function refusePast(ctx: Ctx, at: string | null | undefined): void {
  if (at && new Date(at) <= ctx.now())
    throw invalid([{ field: "body.expires_at", message: "must lie ahead" }]);
}

async function subscriptionOf(
  tx: TxCtx,
  { create_subscription, customer_id, interval }: LicenseInput,
  { id: plan_version_id }: SoldVersion,
) {
  if (!create_subscription || interval === "once") return null;
  return openSubscription(tx, {
    ...{ customer_id, plan_version_id, interval, quantity: 1 },
    ...{ provider: "manual", metadata: {} },
  });
}

function refuseContradiction(ctx: Ctx, input: LicenseInput): void {
  refusePast(ctx, input.expires_at);
  if (input.create_subscription) refuseWithoutCycle(input);
  if (input.expires_at && (input.starts_on_activation || input.valid_days))
    throw invalid([
      {
        field: "body.expires_at",
        message:
          "cannot be given with starts_on_activation or valid_days, which set the end themselves",
      },
    ]);
}

function refuseWithoutCycle(input: LicenseInput): void {
  const message = (() => {
    if (!input.plan_id) return "needs a plan: give plan_id";
    if (input.interval === "once") return "needs a cycle: month or year";
    if (input.starts_on_activation || input.valid_days || input.expires_at)
      return "sets the end itself, so nothing else may";
    return null;
  })();
  if (message) throw invalid([{ field: "body.create_subscription", message }]);
}
