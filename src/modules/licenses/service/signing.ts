import {
  createPrivateKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { seal, unseal } from "@/platform/seal";
import { singleton } from "@/platform/singleton";
import { namedId, randomText } from "@/shared/ids";
import type { SigningKey } from "../contract/files";
import { rawPublicKey, writeLicenseFile } from "../license-file";
import {
  findKeyPair,
  findSigningKeys,
  insertKeyPair,
  lockSigningKeys,
  retireKeys,
} from "../queries/signing-keys";

const purpose = "license-signing-key";

/** The public keys, newest first; retired ones too. Anybody may ask. */
export async function listPublicKeys(
  ctx: Ctx,
): Promise<{ keys: SigningKey[] }> {
  return { keys: await findSigningKeys(ctx) };
}

/** Sign with a new key from now on; the old one stays listed. Needs settings:write. */
export async function rotateSigningKey(ctx: Ctx): Promise<SigningKey> {
  authorize(ctx, "settings:write");
  return transaction(ctx, async (tx) => {
    await lockSigningKeys(tx);
    await retireKeys(tx);
    return makeKey(tx);
  });
}

/** A signed statement in the form of a license file, by the key that signs now. */
export async function signStatement(
  ctx: Ctx,
  payload: object,
): Promise<string> {
  const { kid, key } = await currentKey(ctx);
  return writeLicenseFile(payload, kid, key);
}

/** The id and the private half of the key that signs now; the first one is made when it is needed. */
export async function currentKey(
  ctx: Ctx,
): Promise<{ kid: string; key: KeyObject }> {
  const pair = (await findKeyPair(ctx)) ?? (await makeFirst(ctx));
  const opened = singleton("license-keys", () => new Map<string, KeyObject>());
  const known = opened.get(pair.kid);
  if (known) return { kid: pair.kid, key: known };
  const key = createPrivateKey(
    unseal(purpose, Buffer.from(pair.kid), pair.sealed),
  );
  opened.set(pair.kid, key);
  return { kid: pair.kid, key };
}

// Whoever needs it first did not ask for it.
async function makeFirst(ctx: Ctx) {
  const maker: Ctx = { ...ctx, actor: { kind: "system", name: "licenses" } };
  return transaction(maker, async (tx) => {
    await lockSigningKeys(tx);
    if (!(await findKeyPair(tx))) await makeKey(tx);
    const made = await findKeyPair(tx);
    if (!made) throw new Error("A signing key that was made is gone");
    return made;
  });
}

async function makeKey(tx: TxCtx): Promise<SigningKey> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const kid = `lk_${randomText(12)}`;
  const pem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const made = await insertKeyPair(tx, {
    kid,
    publicKey: rawPublicKey(publicKey),
    sealed: seal(purpose, Buffer.from(kid), pem),
  });
  await record(tx, {
    action: "license_key.rotated",
    target: { kind: "setting", id: namedId("set", "license-key") },
    after: { kid },
  });
  await emit(tx, { name: "license_key.rotated", payload: { kid } });
  return made;
}
