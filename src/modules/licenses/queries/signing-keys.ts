import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import type { SigningKey } from "../contract/files";

/** A key pair: the public half raw, the private one sealed. */
export type StoredKeyPair = {
  kid: string;
  publicKey: Buffer;
  sealed: Buffer;
};

/** Let one process at a time change which key signs. */
export async function lockSigningKeys(tx: TxCtx): Promise<void> {
  await tx.db
    .$executeRaw`LOCK TABLE license_signing_keys IN SHARE ROW EXCLUSIVE MODE`;
}

export async function insertKeyPair(
  tx: TxCtx,
  { kid, publicKey, sealed }: StoredKeyPair,
): Promise<SigningKey> {
  const row = await tx.db.licenseSigningKey.create({
    data: {
      id: kid,
      public_key: new Uint8Array(publicKey),
      private_key: new Uint8Array(sealed),
      created_at: tx.now(),
    },
  });
  return toSigningKey(row);
}

export async function retireKeys(tx: TxCtx): Promise<void> {
  await tx.db.licenseSigningKey.updateMany({
    where: { retired_at: null },
    data: { retired_at: tx.now() },
  });
}

/** The pair that signs now, or null before the first one. */
export async function findKeyPair(ctx: Ctx): Promise<StoredKeyPair | null> {
  const row = await ctx.db.licenseSigningKey.findFirst({
    where: { retired_at: null },
  });
  return (
    row && {
      kid: row.id,
      publicKey: Buffer.from(row.public_key),
      sealed: Buffer.from(row.private_key),
    }
  );
}

export async function findSigningKeys(ctx: Ctx): Promise<SigningKey[]> {
  const rows = await ctx.db.licenseSigningKey.findMany({
    orderBy: { created_at: "desc" },
  });
  return rows.map(toSigningKey);
}

function toSigningKey(
  row: Prisma.LicenseSigningKeyGetPayload<object>,
): SigningKey {
  return {
    kid: row.id,
    alg: "Ed25519",
    public_key: Buffer.from(row.public_key).toString("base64"),
    created_at: row.created_at.toISOString(),
    retired_at: row.retired_at?.toISOString() ?? null,
  };
}
