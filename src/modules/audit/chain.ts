import { fromUuid } from "@/shared/ids";
import {
  chainStart,
  entryMac,
  redactionMac,
  sealDigest,
  type EntryFields,
} from "./entry-mac";

/** An entry as it is stored, with its mac; entries from before macs have none. */
export type StoredEntry = EntryFields & {
  mac: Uint8Array | null;
  /** of an entry that an erasure has taken the person out of */
  redacted_mac: Uint8Array | null;
};

/** A seal with the entry that it seals; null when that is gone. */
export type SealedEntry = {
  seq: number;
  entryId: string;
  digest: Uint8Array;
  entry: StoredEntry | null;
};

/**
 * What is wrong in one place of the log: an entry that was `edited`, is `removed` or `unsigned`
 * (written past the app), or a `seal` that was reordered or forged.
 */
export type Finding = {
  kind: "edited" | "removed" | "unsigned" | "seal";
  /** the seal's place in the chain; null for an entry that is not sealed */
  seq: number | null;
  /** the entry's public id, where it is known */
  entry_id: string | null;
  message: string;
};

/** How far the chain has been walked. */
export type Walked = {
  seq: number;
  /** digests that the next seal may follow from: the stored one, and the right one; none after a gap */
  previous: Uint8Array[];
  /** whether an entry with a mac has been met: one without is then not from before macs */
  hasMacs: boolean;
  /** the last entry that was there, in words */
  last: string | null;
};

export const walkStart: Walked = {
  seq: 0,
  previous: [chainStart],
  hasMacs: false,
  last: null,
};

/** Go one seal further. Each thing that is wrong is found once, where it is. */
export function walk(
  key: Buffer,
  walked: Walked,
  seal: SealedEntry,
): { walked: Walked; findings: Finding[] } {
  const { seq, entry, entryId } = seal;
  const findings: Finding[] = [];
  if (seq !== walked.seq + 1) findings.push(gap(walked, seal));
  if (!entry) findings.push(missing(walked, seal));
  const wrong = entry && checkEntry(key, entry, walked.hasMacs, seq);
  if (wrong) findings.push(wrong);
  const previous = seq === walked.seq + 1 ? walked.previous : [];
  const mac = entry && (entry.mac ?? entryMac(key, entry));
  const right = mac
    ? previous.map((before) => sealDigest(key, before, { seq, entryId, mac }))
    : [];
  const isRight = right.some((digest) => digest.equals(seal.digest));
  if (entry && right.length > 0 && !isRight && !wrong)
    findings.push(mismatch(entry, seal));
  return {
    findings,
    walked: {
      seq,
      previous: isRight ? [seal.digest] : [seal.digest, ...right],
      // One from before macs gets its own when it is redacted.
      hasMacs: walked.hasMacs || Boolean(entry?.mac && !entry.redacted_mac),
      last: entry ? named(entry) : walked.last,
    },
  };
}

/** What is wrong with an entry by itself, sealed or not. */
export function checkEntry(
  key: Buffer,
  entry: StoredEntry,
  hasMacs: boolean,
  seq: number | null = null,
): Finding | null {
  const about = { seq, entry_id: fromUuid("aud", entry.id) };
  if (!entry.mac)
    return hasMacs
      ? {
          ...about,
          kind: "unsigned",
          message: `${named(entry)} carries no signature: it was not written by the app, or its signature was removed.`,
        }
      : null;
  const { mac, redacted_mac: redactedMac } = entry;
  const isRight = redactedMac
    ? redactionMac(key, entry, mac).equals(redactedMac)
    : entryMac(key, entry).equals(mac);
  if (isRight) return null;
  return {
    ...about,
    kind: "edited",
    message: `${named(entry)} was changed after it was written, or was not written by the app.`,
  };
}

function gap({ seq, last }: Walked, seal: SealedEntry): Finding {
  const [from, to] = [seq + 1, seal.seq - 1];
  const seals = from === to ? `Seal ${from} is` : `Seals ${from} to ${to} are`;
  const next = seal.entry ? named(seal.entry) : `seal ${seal.seq}`;
  return {
    kind: "removed",
    seq: from,
    entry_id: null,
    message: `${seals} gone: what was sealed between ${last ?? "the start"} and ${next} was removed.`,
  };
}

function missing({ last }: Walked, { seq, entryId }: SealedEntry): Finding {
  const id = fromUuid("aud", entryId);
  return {
    kind: "removed",
    seq,
    entry_id: id,
    message: `${id} was removed: seal ${seq} is for it, after ${last ?? "the start"}.`,
  };
}

// Without a mac of its own, only the seal can say that an entry was changed.
function mismatch(entry: StoredEntry, { seq }: SealedEntry): Finding {
  const about = { seq, entry_id: fromUuid("aud", entry.id) };
  return entry.mac
    ? {
        ...about,
        kind: "seal",
        message: `Seal ${seq}, for ${named(entry)}, does not follow from the seal before: seals were reordered or forged.`,
      }
    : {
        ...about,
        kind: "edited",
        message: `${named(entry)} does not fit its seal ${seq}: it was changed after it was sealed, or the seal was.`,
      };
}

function named({ id, action, created_at }: StoredEntry): string {
  return `${fromUuid("aud", id)} (${action}, ${created_at.toISOString()})`;
}
