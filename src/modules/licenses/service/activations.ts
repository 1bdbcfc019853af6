import { getVisibleCustomer, holdCustomer } from "@/modules/customers";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { inTurn } from "@/platform/in-turn";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import type { LicenseCode } from "../contract";
import type {
  ActivateInput,
  Activation,
  ActivationAnswer,
} from "../contract/activations";
import { readKey } from "../license-key";
import {
  countFreed,
  findActivation,
  findActivationAt,
  findActivations,
  freeActivation,
  freeEndedLeases,
  insertActivation,
  touchActivation,
} from "../queries/activations";
import {
  findLicense,
  lockLicense,
  lockLicenseOfKey,
  updateLicense,
  type StoredLicense,
} from "../queries/licenses";
import { endOf } from "../term";
import { findState } from "../queries/validate";
import { details, standing, type Slots } from "../verdict";
import { withName } from "./shown";
import { toldOfActivation, toldOfLicense } from "./told";
import { readPlace } from "./validate";

type Place = { kind: Activation["kind"]; identifier: string };

const churnSeconds = 30 * 24 * 60 * 60;

/**
 * Use a license in a place, by its key. The license's row is locked, so that no more places than it
 * allows are ever taken; the same place once more is the same activation. Throws NOT_FOUND, and
 * CONFLICT with the code in its details.
 */
export async function activateLicense(
  ctx: Ctx,
  input: ActivateInput,
): Promise<ActivationAnswer> {
  const place = readPlace(input.kind, input.identifier, "body.identifier");
  const key = readKey(input.key);
  if (key === null) throw unknownKey();
  return inTurn(key, async () => {
    await refuseEarly(ctx, key, place);
    return transaction(ctx, (tx) => activate(tx, key, place, input.name));
  });
}

/**
 * Note that an activation is in use, by the license key; a lease goes on. Throws NOT_FOUND, also
 * for a lease that has ended, and CONFLICT when the license is not good any more.
 */
export async function beatActivation(
  ctx: Ctx,
  id: string,
  { key }: { key: string },
): Promise<Activation> {
  return transaction(ctx, async (tx) => {
    const license = await lockByKey(tx, key);
    const activation = await findActivation(tx, license.id, id);
    if (!activation) throw notFound("activation");
    await refuseUnlessGood(tx, license, ["VALID"]);
    return touchActivation(tx, id, leaseEndOf(tx, license));
  });
}

/** Free an activation by the license key, within the churn limit. Throws NOT_FOUND, CONFLICT. */
export async function releaseActivation(
  ctx: Ctx,
  id: string,
  { key }: { key: string },
): Promise<Activation> {
  return transaction(ctx, async (tx) =>
    release(tx, await lockByKey(tx, key), id, true),
  );
}

/**
 * Free an activation. Needs licenses:write; a customer's people free their own, within the churn
 * limit. Throws NOT_FOUND, CONFLICT.
 */
export async function freeSlot(
  ctx: Ctx,
  licenseId: string,
  id: string,
): Promise<Activation> {
  authorize(ctx, "licenses:write", "devices");
  return transaction(ctx, async (tx) => {
    const license = await lockLicense(tx, licenseId, owned(ctx));
    if (!license) throw notFound("license");
    return release(tx, license, id, ctx.actor.kind === "customer");
  });
}

/** Where a license is used. Needs licenses:read; throws NOT_FOUND. */
export async function listActivations(ctx: Ctx, licenseId: string) {
  authorize(ctx, "licenses:read");
  const license = await findLicense(ctx, licenseId, owned(ctx));
  if (!license) throw notFound("license");
  return { items: await findActivations(ctx, licenseId) };
}

/** Throws CONFLICT with the code unless the license is good, wherever it is used. */
export async function refuseUnlessGood(
  ctx: Ctx,
  license: StoredLicense,
  good: readonly LicenseCode[],
): Promise<void> {
  const { customer_id } = license;
  const { status } = await getVisibleCustomer(ctx, customer_id);
  const code = standing({ ...license, customer_status: status }, ctx.now());
  if (!good.includes(code)) throw refusal(code);
}

// Most refusals need no transaction: a flood of them leaves the connections to others.
async function refuseEarly(ctx: Ctx, key: string, place: Place): Promise<void> {
  const found = await findState({ key, place });
  if (!found) throw unknownKey();
  const code = standing(found.license, ctx.now());
  if (code !== "VALID" && code !== "PENDING") throw refusal(code);
  if (!found.activation) refuseUnlessRoom(found.license, place.kind);
}

async function activate(
  tx: TxCtx,
  key: string,
  place: Place,
  name?: string,
): Promise<ActivationAnswer> {
  const license = await lockByKey(tx, key);
  await refuseUnlessGood(tx, license, ["VALID", "PENDING"]);
  await freeEndedLeases(tx, license.id);
  const leaseEnd = leaseEndOf(tx, license);
  const { kind, identifier } = place;
  const known = await findActivationAt(tx, license.id, kind, identifier);
  if (known) {
    const kept = await touchActivation(tx, known.id, leaseEnd, name);
    return answer(tx, license, kept);
  }
  refuseUnlessRoom(license, kind);
  const activation = await insertActivation(
    tx,
    { id: license.id, leaseEnd },
    { ...place, name: name ?? null },
  );
  await toldOfActivation(tx, "license.activated", license, activation);
  await begin(tx, license);
  return answer(tx, license, activation);
}

async function lockByKey(tx: TxCtx, key: string): Promise<StoredLicense> {
  const license = await lockLicenseOfKey(tx, readKey(key));
  if (!license) throw unknownKey();
  return license;
}

function unknownKey(): DomainError {
  return new DomainError("NOT_FOUND", details.NOT_FOUND);
}

function refuseUnlessRoom(license: Slots, kind: Activation["kind"]): void {
  const isMachine = kind === "machine";
  const limit = isMachine ? license.max_machines : license.max_domains;
  const used = isMachine ? license.machines : license.domains;
  if (limit !== null && used >= limit)
    throw refusal(isMachine ? "TOO_MANY_MACHINES" : "TOO_MANY_DOMAINS");
}

function refusal(code: LicenseCode): DomainError {
  return new DomainError("CONFLICT", details[code], { code });
}

// The first activation begins the time of a license that waited for it.
async function begin(tx: TxCtx, before: StoredLicense): Promise<void> {
  if (before.status !== "pending") return;
  const { time_zone: timeZone } = await holdCustomer(tx, before.customer_id);
  const { interval, valid_days: validDays } = before;
  const now = tx.now();
  const after = await updateLicense(tx, before.id, {
    status: "active",
    activated_at: now,
    expires_at: endOf({ interval, validDays, timeZone }, now),
  });
  await toldOfLicense(tx, "license.begun", before, after);
}

async function release(
  tx: TxCtx,
  license: StoredLicense,
  id: string,
  isLimited: boolean,
): Promise<Activation> {
  const activation = await findActivation(tx, license.id, id);
  if (!activation) throw notFound("activation");
  const { churn_limit: limit } = license;
  // A lease is given back all the time: that is what it is for.
  if (isLimited && limit !== null && activation.expires_at === null) {
    const since = addSeconds(tx.now(), -churnSeconds);
    const freed = await countFreed(tx, license.id, since);
    if (freed >= limit)
      throw new DomainError(
        "CONFLICT",
        `${freed} activations of this license were freed in the last 30 days, and ${limit} may be. Ask the seller, or wait.`,
        { churn_limit: limit, freed },
      );
  }
  await freeActivation(tx, id);
  await toldOfActivation(tx, "license.deactivated", license, activation);
  return activation;
}

function leaseEndOf(tx: TxCtx, license: StoredLicense): Date | null {
  return license.is_floating
    ? addSeconds(tx.now(), license.lease_seconds)
    : null;
}

async function answer(
  tx: TxCtx,
  { id }: StoredLicense,
  activation: Activation,
): Promise<ActivationAnswer> {
  const license = await findLicense(tx, id, null);
  if (!license) throw notFound("license");
  return {
    valid: true,
    code: "VALID",
    detail: details.VALID,
    license: await withName(tx, license),
    activation,
  };
}
