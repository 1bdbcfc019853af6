import { customerNames } from "@/modules/customers";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, notFound } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import type {
  LicenseFileInput,
  LicenseFile,
  LicensePayload,
} from "../contract/files";
import { writeLicenseFile } from "../license-file";
import { findActivationAt } from "../queries/activations";
import { lockLicense, type StoredLicense } from "../queries/licenses";
import { details, placement } from "../verdict";
import { refuseUnlessGood } from "./activations";
import { currentKey } from "./signing";
import { toldOfFile } from "./told";

const day = 24 * 60 * 60;

/**
 * Sign a file that says what a license allows, for software that cannot ask. It ends with the
 * license, or after valid_days. A file for a machine needs that machine activated, where machines
 * are limited. Needs licenses:read; throws NOT_FOUND, CONFLICT.
 */
export async function checkOutLicense(
  ctx: Ctx,
  id: string,
  input: LicenseFileInput,
): Promise<LicenseFile> {
  authorize(ctx, "licenses:read");
  return transaction(ctx, async (tx) => {
    const license = await lockLicense(tx, id, owned(ctx));
    if (!license) throw notFound("license");
    await refuseUnlessGood(tx, license, ["VALID"]);
    await refuseUnlessActivated(tx, license, input);
    const { kid, key } = await currentKey(tx);
    const names = await customerNames(tx, [license.customer_id]);
    const name = names.get(license.customer_id) ?? "";
    const payload = { kid, ...payloadOf(tx, license, name, input) };
    const file = writeLicenseFile(payload, kid, key);
    await toldOfFile(tx, license, payload);
    return { file, file_name: `${license.id}.lic`, payload };
  });
}

async function refuseUnlessActivated(
  tx: TxCtx,
  license: StoredLicense,
  { machine }: LicenseFileInput,
): Promise<void> {
  if (machine === undefined || license.max_machines === null) return;
  const known = await findActivationAt(tx, license.id, "machine", machine);
  const isActive = known !== null;
  const code = placement(license, { kind: "machine", isActive });
  if (code !== "VALID")
    throw new DomainError("CONFLICT", details[code], { code });
}

function payloadOf(
  tx: TxCtx,
  license: StoredLicense,
  customer_name: string,
  { machine, nonce, valid_days }: LicenseFileInput,
): Omit<LicensePayload, "kid"> {
  const { customer_id, key, name, quotas, expires_at } = license;
  const own =
    valid_days === undefined
      ? null
      : addSeconds(tx.now(), valid_days * day).toISOString();
  const ends = [own, expires_at].filter((end) => end !== null).sort();
  return {
    license_id: license.id,
    key,
    customer_id,
    customer_name,
    name,
    quotas,
    machine: machine ?? null,
    nonce: nonce ?? null,
    issued_at: tx.now().toISOString(),
    expires_at: ends[0] ?? null,
  };
}
