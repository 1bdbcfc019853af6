import { record } from "@/modules/audit";
import { keyQuotas, setKeyQuotas } from "@/modules/limits";
import type { Quotas, QuotasInput } from "@/modules/limits/contract/quotas";
import { authorize, owned, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import { findKey, lockKey } from "../queries";

/** A key's own quotas and what is used of them. Needs keys:read; throws NOT_FOUND. */
export async function getKeyQuotas(ctx: Ctx, id: string): Promise<Quotas> {
  authorize(ctx, "keys:read");
  const key = await findKey(ctx, id, owned(ctx));
  if (!key) throw notFound("key");
  return keyQuotas(ctx, key.customer_id, key.lineage_id);
}

/** Replace them. Needs keys:write; throws NOT_FOUND, CONFLICT for a revoked key. */
export async function changeKeyQuotas(
  ctx: Ctx,
  id: string,
  input: QuotasInput,
): Promise<Quotas> {
  authorize(ctx, "keys:write");
  return transaction(ctx, async (tx) => {
    const key = await lockKey(tx, id, owned(ctx));
    if (!key) throw notFound("key");
    if (key.status === "revoked")
      throw new DomainError(
        "CONFLICT",
        "This key is revoked. Issue a new one, and set its quotas.",
      );
    const change = await setKeyQuotas(tx, key.lineage_id, input);
    const name = "key.quotas_set";
    await record(tx, {
      action: name,
      target: { kind: "key", id },
      customerId: key.customer_id,
      ...change,
    });
    await emit(tx, {
      name,
      payload: { key_id: id, customer_id: key.customer_id },
    });
    return keyQuotas(tx, key.customer_id, key.lineage_id);
  });
}

/** The lineage of one of a customer's keys, by public ids; null when it has no such key. */
export async function findLineage(
  ctx: Ctx,
  customerId: string,
  keyId: string,
): Promise<string | null> {
  const key = await findKey(ctx, keyId, customerId);
  return key && key.lineage_id;
}
