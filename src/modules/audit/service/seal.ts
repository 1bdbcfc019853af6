import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { derivedKey } from "@/platform/secret";
import { firstUuidOf } from "@/shared/ids";
import { addSeconds } from "@/shared/time";
import { chainStart, entryMac, sealDigest } from "../entry-mac";
import {
  findHead,
  findStored,
  holdChain,
  insertSeals,
  newestSealed,
  scanEntries,
  type Head,
} from "../queries/seals";

const batch = 1_000;

// Entries are sealed in the order in which they are seen, not that of their ids: one that was
// committed late gets a later place. So long before the last one it is still looked for.
const lateSeconds = 60 * 60;

/**
 * Chain the committed entries that have no seal yet, and say how many there were; none while another
 * process is sealing. `all` looks at the whole log, not only at what is new. Needs settings:write.
 */
export async function sealAudit(ctx: Ctx, { all = false } = {}) {
  authorize(ctx, "settings:write");
  const newest = all ? null : await newestSealed(ctx);
  // An entry may claim to be of the future; what is written now must not hide behind it.
  const known = newest && new Date(Math.min(+newest, +ctx.now()));
  let after = known && firstUuidOf(addSeconds(known, -lateSeconds));
  let sealed = 0;
  for (;;) {
    const from = after;
    const done = await transaction(ctx, (tx) => sealBatch(tx, from));
    sealed += done.sealed;
    if (done.last === null) return { sealed };
    after = done.last;
  }
}

async function sealBatch(
  tx: TxCtx,
  after: string | null,
): Promise<{ last: string | null; sealed: number }> {
  if (!(await holdChain(tx))) return { last: null, sealed: 0 };
  const { last, unsealed } = await scanEntries(tx, after, batch);
  if (unsealed.length === 0) return { last, sealed: 0 };
  const key = derivedKey("audit");
  const head = await findHead(tx);
  let { seq, digest }: Pick<Head, "seq" | "digest"> = head ?? {
    seq: 0,
    digest: chainStart,
  };
  const seals: Head[] = [];
  for (const entry of await findStored(tx, unsealed)) {
    seq += 1;
    const mac = entry.mac ?? entryMac(key, entry);
    digest = sealDigest(key, digest, { seq, entryId: entry.id, mac });
    seals.push({ seq, entryId: entry.id, digest });
  }
  await insertSeals(tx, seals);
  return { last, sealed: seals.length };
}
