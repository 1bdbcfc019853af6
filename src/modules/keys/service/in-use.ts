import { authorize, type Ctx } from "@/platform/context";
import { presentedHash } from "../key-format";
import { countExpiring, findKeyNames, findOwners } from "../queries";

/** Keys that stop working in a period, counted to a thousand. */
export async function countExpiringKeys(ctx: Ctx, from: Date, to: Date) {
  authorize(ctx, "keys:read");
  return countExpiring(ctx, from, to);
}

/** Names of keys by public id, for the breakdowns of other modules. */
export async function keyNames(
  ctx: Ctx,
  ids: string[],
): Promise<Map<string, string>> {
  return findKeyNames(ctx, ids);
}

/** Whose keys these secrets are, by secret; unknown ones are absent. */
export async function ownersOfKeys(ctx: Ctx, secrets: string[]) {
  const hashes = new Map<string, Buffer>();
  for (const secret of new Set(secrets)) {
    const hash = presentedHash(secret);
    if (hash) hashes.set(secret, hash);
  }
  const owners = await findOwners(ctx, [...hashes.values()]);
  return new Map(
    [...hashes.keys()].flatMap((secret, i) => {
      const owner = owners[i];
      return owner ? [[secret, owner] as const] : [];
    }),
  );
}
