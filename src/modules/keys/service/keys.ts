import { assertUnchanged, record } from "@/modules/audit";
import { customerNames, getVisibleCustomer } from "@/modules/customers";
import { findKeyLimits, setKeyLimits } from "@/modules/limits";
import type { LimitsInput } from "@/modules/limits/contract";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { toPage } from "@/shared/page";
import { addSeconds } from "@/shared/time";
import type {
  IssuedKey,
  Key,
  KeyInput,
  KeyPatch,
  KeyQuery,
  RotateInput,
} from "../contract";
import { makeKey } from "../key-format";
import {
  findKey,
  findKeys,
  insertKey,
  lockKey,
  updateKey,
  type StoredKey,
} from "../queries";

/** Keys that the actor may see, newest first. Needs keys:read. */
export async function listKeys(ctx: Ctx, query: KeyQuery) {
  authorize(ctx, "keys:read");
  const wanted = query.customer_id ?? owned(ctx);
  if (wanted) await getVisibleCustomer(ctx, wanted);
  const { items, total } = await findKeys(
    ctx,
    {
      ...(wanted && { customerId: wanted }),
      withRevoked: query.include_revoked ?? false,
    },
    query,
  );
  return toPage(query, await complete(ctx, items), total);
}

/** A key by public id. Needs keys:read; throws NOT_FOUND. */
export async function getKey(ctx: Ctx, id: string): Promise<Key> {
  authorize(ctx, "keys:read");
  const key = await findKey(ctx, id, owned(ctx));
  if (!key) throw notFound("key");
  return only(await complete(ctx, [key]));
}

/** Issue a key; `key` in the answer is its secret, never to be had again. Needs keys:write. */
export async function issueKey(ctx: Ctx, input: KeyInput): Promise<IssuedKey> {
  authorize(ctx, "keys:write", "keys");
  const customerId = input.customer_id ?? owned(ctx);
  if (!customerId)
    throw invalid([{ field: "body.customer_id", message: "is required" }]);
  const customer = await getVisibleCustomer(ctx, customerId);
  if (customer.status === "archived")
    throw new DomainError(
      "CONFLICT",
      `${customer.name} is archived. Make it active before you give it a key.`,
    );
  refusePast(ctx, input.expires_at);
  return transaction(ctx, async (tx) => {
    const secret = makeKey();
    const key = await insertKey(tx, {
      ...secret,
      customerId,
      name: input.name ?? "API key",
      metadata: input.metadata ?? {},
      allowedIps: input.allowed_ips ?? [],
      expiresAt: input.expires_at ?? null,
      predecessor: null,
    });
    await limit(tx, key, input.limits);
    await told(tx, "key.issued", null, key, input.limits);
    return { ...only(await complete(tx, [key])), key: secret.key };
  });
}

/** Change a key, disable or enable it. Needs keys:write; throws NOT_FOUND, CONFLICT. */
export async function changeKey(
  ctx: Ctx,
  id: string,
  patch: KeyPatch,
): Promise<Key> {
  return change(ctx, id, "key.updated", async (tx, before) => {
    refusePast(ctx, patch.expires_at);
    await limit(tx, before, patch.limits);
    const { name, metadata, allowed_ips, expires_at, is_enabled } = patch;
    return updateKey(tx, id, {
      ...(name !== undefined && { name }),
      ...(metadata !== undefined && { metadata }),
      ...(allowed_ips !== undefined && { allowed_ips }),
      ...(expires_at !== undefined && { expires_at }),
      ...(is_enabled !== undefined && {
        disabled_at: is_enabled ? null : tx.now(),
      }),
    });
  });
}

/** Revoke a key for good; doing so twice is no error. Needs keys:write; throws NOT_FOUND. */
export async function revokeKey(ctx: Ctx, id: string): Promise<Key> {
  authorize(ctx, "keys:write", "keys");
  const known = await getKeyToWrite(ctx, id);
  if (known.status === "revoked") {
    await assertUnchanged(ctx, "key", known);
    return only(await complete(ctx, [known]));
  }
  return change(ctx, id, "key.revoked", (tx) =>
    updateKey(tx, id, { revoked_at: tx.now() }),
  );
}

/**
 * Issue a successor with the same name, limits and counters. The old key works on for
 * `overlap_seconds`, or until its own expiry if that comes first. Needs keys:write.
 */
export async function rotateKey(
  ctx: Ctx,
  id: string,
  { overlap_seconds }: RotateInput,
): Promise<IssuedKey> {
  let secret = "";
  const successor = await change(ctx, id, "key.rotated", async (tx, before) => {
    if (before.status === "rotating")
      throw new DomainError(
        "CONFLICT",
        "This key has a successor already. Rotate the successor instead.",
      );
    const end = addSeconds(tx.now(), overlap_seconds);
    const own = before.expires_at && new Date(before.expires_at);
    await updateKey(tx, id, {
      rotated_at: tx.now(),
      expires_at: own && own < end ? own : end,
    });
    const made = makeKey();
    secret = made.key;
    return insertKey(tx, {
      ...made,
      customerId: before.customer_id,
      name: before.name,
      // Safe: it was read from the same column.
      metadata: before.metadata as Record<string, string>,
      allowedIps: before.allowed_ips,
      expiresAt: before.expires_at,
      predecessor: { id, lineageId: before.lineage_id },
    });
  });
  return { ...successor, key: secret };
}

async function change(
  ctx: Ctx,
  id: string,
  action: `key.${string}`,
  write: (tx: TxCtx, before: StoredKey) => Promise<StoredKey>,
): Promise<Key> {
  authorize(ctx, "keys:write", "keys");
  return transaction(ctx, async (tx) => {
    const before = await lockKey(tx, id, owned(ctx));
    if (!before) throw notFound("key");
    await assertUnchanged(tx, "key", before);
    if (before.status === "revoked" || before.status === "expired")
      throw new DomainError(
        "CONFLICT",
        `This key is ${before.status}. Issue a new one.`,
      );
    const after = await write(tx, before);
    await told(tx, action, before, after);
    return only(await complete(tx, [after]));
  });
}

async function getKeyToWrite(ctx: Ctx, id: string): Promise<StoredKey> {
  const key = await findKey(ctx, id, owned(ctx));
  if (!key) throw notFound("key");
  return key;
}

async function limit(
  tx: TxCtx,
  key: StoredKey,
  limits: LimitsInput | null | undefined,
): Promise<void> {
  if (limits === undefined) return;
  await setKeyLimits(tx, key.lineage_id, limits);
}

async function told(
  tx: TxCtx,
  name: `key.${string}`,
  before: StoredKey | null,
  after: StoredKey,
  limits?: LimitsInput | null,
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "key", id: after.id },
    customerId: after.customer_id,
    before,
    after: { ...after, ...(limits && { limits }) },
  });
  await emit(tx, {
    name,
    payload: { key_id: after.id, customer_id: after.customer_id },
  });
}

// Adds what other modules know, in one read each however many keys there are.
async function complete(ctx: Ctx, keys: StoredKey[]): Promise<Key[]> {
  const limits = await findKeyLimits(
    ctx,
    keys.map((key) => key.lineage_id),
  );
  const names = await customerNames(
    ctx,
    keys.map((key) => key.customer_id),
  );
  return keys.map(({ lineage_id, ...key }) => ({
    ...key,
    customer_name: names.get(key.customer_id) ?? "",
    limits: limits.get(lineage_id) ?? null,
  }));
}

function refusePast(ctx: Ctx, at: string | null | undefined): void {
  if (at && new Date(at) <= ctx.now())
    throw invalid([{ field: "body.expires_at", message: "must lie ahead" }]);
}

function only<T>([item]: T[]): T {
  if (item === undefined) throw new Error("Expected one item");
  return item;
}
