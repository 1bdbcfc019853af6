import { record } from "@/modules/audit";
import { changeTotals } from "@/modules/customers";
import type { TxCtx } from "@/platform/context";
import { emit } from "@/platform/outbox";
import type { Activation } from "../contract/activations";
import type { LicensePayload } from "../contract/files";
import type { StoredLicense } from "../queries/licenses";

/** The audit row, the event and the totals of a write on a license, in its transaction. */
export async function toldOfLicense(
  tx: TxCtx,
  name: `license.${string}`,
  before: StoredLicense | null,
  after: StoredLicense,
  noted: Record<string, string | number> = {},
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "license", id: after.id },
    customerId: after.customer_id,
    before: before && plain(before),
    after: { ...plain(after), ...noted },
  });
  await emit(tx, {
    name,
    payload: {
      license_id: after.id,
      customer_id: after.customer_id,
      ...noted,
    },
  });
  await count(tx, before, -1);
  await count(tx, after, 1);
}

/** The same of an activation. */
export async function toldOfActivation(
  tx: TxCtx,
  name: `license.${string}`,
  { customer_id }: StoredLicense,
  { id, license_id, kind, identifier }: Activation,
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "license", id: license_id },
    customerId: customer_id,
    after: { activation_id: id, kind, identifier },
  });
  await emit(tx, {
    name,
    payload: { license_id, customer_id, activation_id: id, kind },
  });
}

function plain({ is_counted: _, ...license }: StoredLicense) {
  return license;
}

// A revoked license is gone as far as its customer's totals go.
async function count(
  tx: TxCtx,
  license: StoredLicense | null,
  sign: 1 | -1,
): Promise<void> {
  if (!license || license.status === "revoked") return;
  await changeTotals(tx, license.customer_id, {
    licenses_total: sign,
    ...(license.is_counted && { licenses_active: sign }),
  });
}

/** The same of a license file. */
export async function toldOfFile(
  tx: TxCtx,
  { id, customer_id }: StoredLicense,
  { kid, machine, expires_at }: LicensePayload,
): Promise<void> {
  const name = "license.checked_out";
  await record(tx, {
    action: name,
    target: { kind: "license", id },
    customerId: customer_id,
    after: { kid, machine, file_expires_at: expires_at },
  });
  await emit(tx, { name, payload: { license_id: id, customer_id, machine } });
}
