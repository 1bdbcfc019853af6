import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { derivedKey } from "@/platform/secret";
import { checkEntry, type StoredEntry } from "../chain";
import { entryMac, redacted, redactionMac } from "../entry-mac";
import {
  findUnredacted,
  redactEntries,
  type Redaction,
  type Subjects,
} from "../queries/redaction";

const batch = 500;

/**
 * Take what the log says of a customer and of its people out of it, and say of how many entries.
 * Who did what, when and to which id stays, and the chain still verifies. Needs customers:erase.
 */
export async function redactAudit(
  ctx: Ctx,
  subjects: Subjects,
): Promise<number> {
  authorize(ctx, "customers:erase");
  const key = derivedKey("audit");
  let after: string | null = null;
  for (let count = 0; ;) {
    const from: string | null = after;
    const done = await transaction(ctx, async (tx) => {
      const entries = await findUnredacted(tx, subjects, from, batch);
      const redactions = entries.map((entry) => redactionOf(key, entry));
      const redactedNow = await redactEntries(tx, redactions);
      return { redactedNow, last: entries.at(-1)?.id ?? null };
    });
    count += done.redactedNow;
    after = done.last;
    if (after === null) return count;
  }
}

// An entry that somebody has edited must not become a right one by being redacted.
const never = Buffer.alloc(32);

function redactionOf(key: Buffer, entry: StoredEntry): Redaction {
  const mac = entry.mac ?? entryMac(key, entry);
  const isRight = checkEntry(key, { ...entry, mac }, true) === null;
  return {
    id: entry.id,
    mac,
    redacted_mac: isRight ? redactionMac(key, redacted(entry), mac) : never,
  };
}
