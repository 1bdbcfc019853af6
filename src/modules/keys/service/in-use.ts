import { authorize, type Ctx } from "@/platform/context";
import { singleton } from "@/platform/singleton";
import { presentedHash } from "../key-format";
import {
  countExpiring,
  findKeyNames,
  findOwners,
  setLastUsed,
} from "../queries";

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

/** Whose keys these secrets are, by secret; unknown and revoked ones are absent. */
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

/** Note that a key was used; written with others every ten seconds, so that a check is one read. */
export function noteUse(ctx: Ctx, keyId: string): void {
  const notes = uses();
  notes.last.set(keyId, ctx.now());
  notes.timer ??= setTimeout(() => {
    void flushUses(ctx).catch((error: unknown) =>
      ctx.log.warn({ err: error }, "last use of keys was not written"),
    );
  }, 10_000).unref();
}

/** Write what `noteUse` holds back; at shutdown too. */
export async function flushUses(ctx: Pick<Ctx, "db">): Promise<void> {
  const notes = uses();
  const { last } = notes;
  clearTimeout(notes.timer);
  notes.last = new Map();
  notes.timer = undefined;
  if (last.size > 0) await setLastUsed(ctx, last);
}

function uses() {
  return singleton("key-uses", () => ({
    last: new Map<string, Date>(),
    timer: undefined as NodeJS.Timeout | undefined,
  }));
}
