import { assertUnchanged } from "@/modules/audit";
import { holdCustomer } from "@/modules/customers";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import type {
  License,
  LicensePatch,
  ReasonInput,
  RenewInput,
} from "../contract";
import { freeAll } from "../queries/activations";
import {
  lockLicense,
  updateLicense,
  type LicenseChange,
  type StoredLicense,
} from "../queries/licenses";
import { renewedEnd } from "../term";
import { statusNow } from "../verdict";
import { allowance, refusePast } from "./licenses";
import { withName } from "./shown";
import { toldOfLicense } from "./told";

/** Change what a license allows, or its end. Needs licenses:write; throws NOT_FOUND, CONFLICT. */
export async function changeLicense(
  ctx: Ctx,
  id: string,
  patch: LicensePatch,
): Promise<License> {
  refusePast(ctx, patch.expires_at);
  return change(ctx, id, "license.updated", async (_, before) => {
    const { expires_at } = patch;
    if (expires_at === undefined) return allowance(patch);
    if (before.status === "pending")
      throw new DomainError(
        "CONFLICT",
        "This license gets its end at its first activation. Change it after that.",
      );
    const revived = before.status === "expired" && {
      status: "active" as const,
    };
    return { ...allowance(patch), expires_at, ...revived };
  });
}

/** Suspend a license. Needs licenses:write; throws NOT_FOUND, CONFLICT when it is not in force. */
export async function suspendLicense(
  ctx: Ctx,
  id: string,
  { reason }: ReasonInput,
): Promise<License> {
  return change(
    ctx,
    id,
    "license.suspended",
    async (tx, before) => {
      if (before.status !== "active" && before.status !== "pending")
        throw conflict(before, "so it cannot be suspended");
      return suspension(tx, "staff");
    },
    reason,
  );
}

/** Take a suspension back. Needs licenses:write; throws NOT_FOUND, CONFLICT when there is none. */
export async function reinstateLicense(
  ctx: Ctx,
  id: string,
  { reason }: ReasonInput,
): Promise<License> {
  return change(
    ctx,
    id,
    "license.reinstated",
    async (tx, before) => {
      if (before.status !== "suspended")
        throw conflict(before, "so there is nothing to reinstate");
      return reinstatement(tx, before);
    },
    reason,
  );
}

/**
 * Renew a license by one cycle from its end, or from now if that is past; or until an instant. One
 * that has expired is active again. Needs licenses:write; throws NOT_FOUND, CONFLICT.
 */
export async function renewLicense(
  ctx: Ctx,
  id: string,
  { expires_at }: RenewInput,
): Promise<License> {
  refusePast(ctx, expires_at);
  return change(ctx, id, "license.renewed", async (tx, before) => {
    if (before.status === "pending")
      throw conflict(before, "and its time has not begun. Activate it first");
    const end = expires_at ?? (await nextEnd(tx, before));
    if (end === null)
      throw new DomainError(
        "CONFLICT",
        "This license does not expire, so it cannot be renewed.",
      );
    const revived = before.status === "expired" && {
      status: "active" as const,
    };
    return { expires_at: end, ...revived };
  });
}

/**
 * Give a license to another customer: the key stays, its activations are freed, and it is no
 * longer part of a subscription. Needs licenses:write; throws NOT_FOUND, CONFLICT.
 */
export async function transferLicense(
  ctx: Ctx,
  id: string,
  { customer_id }: { customer_id: string },
): Promise<License> {
  return change(ctx, id, "license.transferred", async (tx, before) => {
    const to = await holdCustomer(tx, customer_id);
    if (to.id === before.customer_id)
      throw new DomainError(
        "CONFLICT",
        `${to.name} has this license already. Choose another customer.`,
      );
    if (to.status === "archived")
      throw new DomainError(
        "CONFLICT",
        `${to.name} is archived. Make it active before you give it a license.`,
      );
    await freeAll(tx, id);
    return { customer_id, subscription_id: null };
  });
}

/**
 * Revoke a license for good; doing so twice is no error. `customerId` is whose it must be. Needs
 * licenses:write; throws NOT_FOUND.
 */
export async function revokeLicense(
  ctx: Ctx,
  id: string,
  customerId: string | null = null,
): Promise<License> {
  authorize(ctx, "licenses:write");
  return transaction(ctx, async (tx) => {
    const before = await lockLicense(tx, id, customerId);
    if (!before) throw notFound("license");
    await assertUnchanged(tx, "license", before);
    if (before.status === "revoked") return withName(tx, before);
    await freeAll(tx, id);
    return write(tx, "license.revoked", before, {
      status: "revoked",
      revoked_at: tx.now(),
      suspended_by: null,
    });
  });
}

/** What a suspension changes. */
export function suspension(
  tx: TxCtx,
  by: "staff" | "subscription",
): LicenseChange {
  return { status: "suspended", suspended_by: by, suspended_at: tx.now() };
}

/** What taking it back changes: the license is what it would be now without it. */
export function reinstatement(tx: TxCtx, before: StoredLicense): LicenseChange {
  const isPending = before.starts_on_activation && !before.activated_at;
  const { expires_at } = before;
  const status = isPending
    ? "pending"
    : statusNow({ status: "active", expires_at }, tx.now());
  return { status, suspended_by: null, suspended_at: null };
}

/** Write a change with all that is told of it; the license is locked, and the caller authorised. */
export async function write(
  tx: TxCtx,
  name: `license.${string}`,
  before: StoredLicense,
  changed: LicenseChange,
  reason?: string,
): Promise<License> {
  const after = await updateLicense(tx, before.id, changed);
  await toldOfLicense(tx, name, before, after, reason ? { reason } : {});
  return withName(tx, after);
}

async function change(
  ctx: Ctx,
  id: string,
  name: `license.${string}`,
  decide: (tx: TxCtx, before: StoredLicense) => Promise<LicenseChange>,
  reason?: string,
): Promise<License> {
  authorize(ctx, "licenses:write");
  return transaction(ctx, async (tx) => {
    const before = await lockLicense(tx, id, null);
    if (!before) throw notFound("license");
    await assertUnchanged(tx, "license", before);
    if (before.status === "revoked")
      throw new DomainError(
        "CONFLICT",
        "This license is revoked. Issue a new one.",
      );
    return write(tx, name, before, await decide(tx, before), reason);
  });
}

async function nextEnd(tx: TxCtx, license: StoredLicense) {
  if (!license.expires_at) return null;
  const { time_zone: timeZone } = await holdCustomer(tx, license.customer_id);
  const term = {
    interval: license.interval,
    validDays: license.valid_days,
    timeZone,
  };
  const next = renewedEnd(term, {
    begun: new Date(license.activated_at ?? license.created_at),
    end: new Date(license.expires_at),
    now: tx.now(),
  });
  if (next) return next;
  throw new DomainError(
    "CONFLICT",
    "This license has no cycle. Say until when it shall be valid: expires_at.",
  );
}

function conflict({ status }: StoredLicense, then: string): DomainError {
  return new DomainError("CONFLICT", `This license is ${status}, ${then}.`);
}
