import { record } from "@/modules/audit";
import { getVisibleCustomer } from "@/modules/customers";
import { knownMeters } from "@/modules/meters";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid } from "@/shared/errors";
import { namedId } from "@/shared/ids";
import { spendMeter } from "@/shared/windows";
import type { OwnQuotas, Quotas, QuotasInput } from "../contract/quotas";
import {
  findEffectiveQuotas,
  findOwnQuotas,
  replaceOwnQuotas,
  type OwnQuota,
} from "../queries/quotas";
import { lockSubject, type Subject } from "../queries/subject";
import { rearmLater, rearmOne } from "./rearm";

/** A customer's quotas and what is used of them. Needs customers:read; throws NOT_FOUND. */
export async function getCustomerQuotas(
  ctx: Ctx,
  customerId: string,
): Promise<Quotas> {
  authorize(ctx, "customers:read");
  return currentQuotas(ctx, customerId);
}

/**
 * The same for the verbs of other modules, which have authorised: a customer's own people may
 * see their own. Throws NOT_FOUND.
 */
export async function currentQuotas(
  ctx: Ctx,
  customerId: string,
): Promise<Quotas> {
  await getVisibleCustomer(ctx, customerId);
  return findEffectiveQuotas(ctx, customerId);
}

/**
 * Replace a customer's own quotas and spend cap; what it no longer has of its own is as its plan
 * or the default says. Needs customers:write; throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function setCustomerQuotas(
  ctx: Ctx,
  customerId: string,
  input: QuotasInput,
): Promise<Quotas> {
  authorize(ctx, "customers:write");
  await getVisibleCustomer(ctx, customerId);
  await transaction(ctx, async (tx) => {
    const change = await replace(
      tx,
      { kind: "customer", id: customerId },
      input,
    );
    await record(tx, {
      action: "customer.quotas_set",
      target: { kind: "customer", id: customerId },
      customerId,
      ...change,
    });
    await emit(tx, {
      name: "customer.quotas_set",
      payload: { customer_id: customerId },
    });
    await rearmOne(tx, customerId, null);
  });
  return currentQuotas(ctx, customerId);
}

/** The quotas of customers that have no others. Needs plans:read. */
export async function getDefaultQuotas(ctx: Ctx): Promise<OwnQuotas> {
  authorize(ctx, "plans:read");
  return ownQuotas(ctx, "default");
}

/** Replace them. Needs plans:write; throws VALIDATION_FAILED. */
export async function setDefaultQuotas(
  ctx: Ctx,
  input: QuotasInput,
): Promise<OwnQuotas> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const { before, after } = await replace(tx, "default", input);
    await record(tx, {
      action: "defaults.quotas_set",
      target: { kind: "setting", id: namedId("set", "default_quotas") },
      before,
      after,
    });
    await emit(tx, { name: "defaults.quotas_set", payload: {} });
    await rearmLater(tx, null);
    return after;
  });
}

/** The quotas of a key's lineage and what is used of them. The keys module authorises. */
export async function keyQuotas(
  ctx: Ctx,
  customerId: string,
  lineageId: string,
): Promise<Quotas> {
  return findEffectiveQuotas(ctx, customerId, lineageId);
}

/** Replace them, and tell what they were and are. The keys module authorises and records. */
export async function setKeyQuotas(
  tx: TxCtx,
  lineageId: string,
  input: QuotasInput,
): Promise<{ before: OwnQuotas; after: OwnQuotas }> {
  return replace(tx, { kind: "key", id: lineageId }, input);
}

/** Replace a plan's. The module of plans authorises and records. */
export async function setPlanQuotas(
  tx: TxCtx,
  planId: string,
  input: QuotasInput,
): Promise<void> {
  await replace(tx, { kind: "plan", id: planId }, input);
}

async function replace(tx: TxCtx, subject: Subject, input: QuotasInput) {
  await lockSubject(tx, subject);
  const before = await ownQuotas(tx, subject);
  await replaceOwnQuotas(tx, subject, await toRows(tx, input));
  return { before, after: await ownQuotas(tx, subject) };
}

async function toRows(tx: TxCtx, input: QuotasInput): Promise<OwnQuota[]> {
  const ids = new Map<string, string>();
  for (const { name, id, isArchived } of await knownMeters(tx))
    if (!isArchived) ids.set(name, id);
  const spendId = ids.get(spendMeter);
  if (!spendId) throw new Error("The meter of spend is missing");
  const rows = input.quotas.map(({ meter, limit, overage }, at) => {
    const meterId = ids.get(meter);
    if (!meterId) throw unknownMeter(`body.quotas.${at}.meter`, meter);
    const amount = limit === null ? null : decimalText(limit);
    return { meterId, amount, overage: overage ?? false };
  });
  const cap = input.spend_cap;
  return cap
    ? [...rows, { meterId: spendId, amount: cap.amount, overage: false }]
    : rows;
}

/** 400 for a meter that nobody has created, or that was archived. */
export function unknownMeter(field: string, meter: string) {
  return invalid([
    { field, message: `there is no meter ${meter}; create it under Meters` },
  ]);
}

/** A number as PostgreSQL reads it, to the twelve places that are kept. */
export function decimalText(amount: number): string {
  return amount.toFixed(12);
}

async function ownQuotas(ctx: Ctx, subject: Subject): Promise<OwnQuotas> {
  const rows = new Map(
    (await findOwnQuotas(ctx, subject)).map((row) => [row.meterId, row]),
  );
  const own: OwnQuotas = { quotas: [], spend_cap: null };
  for (const { id, name, title, unit } of await knownMeters(ctx)) {
    const row = rows.get(id);
    if (!row) continue;
    const { amount, overage } = row;
    if (name === spendMeter) own.spend_cap = { amount, currency: "USD" };
    else
      own.quotas.push({
        meter: name,
        title,
        unit,
        limit: amount === null ? null : Number(amount),
        overage,
      });
  }
  return own;
}
