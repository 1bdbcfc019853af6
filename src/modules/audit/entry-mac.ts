import { createHmac } from "node:crypto";

/** The columns of an entry that its mac covers: all but the mac. Ids are UUIDs. */
export type EntryFields = {
  id: string;
  actor_kind: string;
  actor_id: string | null;
  actor_name: string;
  on_behalf_of_id: string | null;
  on_behalf_of: string | null;
  action: string;
  target_kind: string;
  target_id: string;
  customer_id: string | null;
  before: unknown;
  after: unknown;
  ip: string | null;
  request_id: string | null;
  created_at: Date;
};

/** HMAC-SHA256 (RFC 2104) over the canonical form of an entry. */
export function entryMac(key: Buffer, entry: EntryFields): Buffer {
  return createHmac("sha256", key).update(canonicalForm(entry)).digest();
}

/** What an erasure leaves of an entry: nothing that says who somebody of the customer is. */
export function redacted(entry: EntryFields): EntryFields {
  const isTheirs = ["customer", "public"].includes(entry.actor_kind);
  return {
    ...entry,
    actor_name: isTheirs ? erased : entry.actor_name,
    on_behalf_of: entry.on_behalf_of === null ? null : erased,
    before: null,
    after: null,
    ip: isTheirs ? null : entry.ip,
  };
}

const erased = "[erased]";

/**
 * HMAC over what is left of an entry, and over its mac from before: only who has APP_SECRET can take
 * words out, and none can be put in.
 */
export function redactionMac(
  key: Buffer,
  left: EntryFields,
  mac: Uint8Array,
): Buffer {
  return createHmac("sha256", key)
    .update("audit-redaction/1 ")
    .update(mac)
    .update(canonicalForm(left))
    .digest();
}

/**
 * What a seal holds: HMAC-SHA256 over the digest before, the seal's place, and what it seals. It is
 * keyed, so that who can write to the database but has no APP_SECRET cannot make a chain anew.
 */
export function sealDigest(
  key: Buffer,
  previous: Uint8Array,
  seal: { seq: number; entryId: string; mac: Uint8Array },
): Buffer {
  return createHmac("sha256", key)
    .update(previous)
    .update(`${seal.seq} ${seal.entryId} `)
    .update(seal.mac)
    .digest();
}

/** The digest before the first seal. */
export const chainStart: Buffer = Buffer.alloc(32);

/**
 * One text for one entry, whatever order jsonb gives the fields back in: JSON without spaces, the
 * columns in this order, the names in objects sorted by code unit.
 */
export function canonicalForm(entry: EntryFields): string {
  return canonicalJson([
    "audit-entry/1",
    entry.id,
    entry.actor_kind,
    entry.actor_id,
    entry.actor_name,
    entry.on_behalf_of_id,
    entry.on_behalf_of,
    entry.action,
    entry.target_kind,
    entry.target_id,
    entry.customer_id,
    entry.before ?? null,
    entry.after ?? null,
    entry.ip,
    entry.request_id,
    entry.created_at.toISOString(),
  ]);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`);
  return `{${fields.join()}}`;
}
