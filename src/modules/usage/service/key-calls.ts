import { authorize, type Ctx } from "@/platform/context";
import { listKeyCalls } from "../queries/key-calls";

const days = 7;

/**
 * The calls of keys on each of the last seven UTC days, today included, by the key's public id; for
 * lists of keys, which show the caller no others' keys. Empty for who may not see usage.
 */
export async function keyCalls(
  ctx: Ctx,
  keys: { id: string; customer_id: string }[],
): Promise<Record<string, number[]>> {
  authorize(ctx, "keys:read");
  if (keys.length === 0) return {};
  return listKeyCalls(ctx, keys, days);
}
