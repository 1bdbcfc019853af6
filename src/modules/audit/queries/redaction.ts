import type { Ctx, TxCtx } from "@/platform/context";
import type { StoredEntry } from "../chain";

/** Whose entries: a customer's, and those that its people made or that are about them. UUIDs. */
export type Subjects = { customer: string; people: string[] };

/** The next entries after an id (null: from the first) that say something of them still. */
export async function findUnredacted(
  ctx: Ctx,
  { customer, people }: Subjects,
  after: string | null,
  take: number,
): Promise<StoredEntry[]> {
  // Each of them has an index of its own.
  const ids = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id::text AS id FROM (
      (SELECT id FROM audit_log WHERE customer_id = ${customer}::uuid)
      UNION (SELECT id FROM audit_log WHERE target_id = ${customer}::uuid)
      UNION (SELECT id FROM audit_log WHERE actor_id = ANY (${people}::uuid[]))
      UNION (SELECT id FROM audit_log WHERE target_id = ANY (${people}::uuid[]))
    ) theirs
    JOIN audit_log USING (id)
    WHERE redacted_mac IS NULL AND (${after}::uuid IS NULL OR id > ${after}::uuid)
    ORDER BY id LIMIT ${take}`;
  return ctx.db.auditEntry.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: { id: "asc" },
  });
}

export type Redaction = { id: string; mac: Uint8Array; redacted_mac: Buffer };

/** Take out of entries what they say of a person. The answer counts them. */
export async function redactEntries(
  tx: TxCtx,
  redactions: Redaction[],
): Promise<number> {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  const [row] = await tx.db.$queryRaw<{ redacted: bigint }[]>`
    SELECT audit_redact(
      ${redactions.map(({ id }) => id)}::uuid[],
      ARRAY(SELECT decode(m, 'hex') FROM unnest(${redactions.map(({ mac }) => hex(mac))}::text[]) WITH ORDINALITY u(m, n) ORDER BY n),
      ARRAY(SELECT decode(m, 'hex') FROM unnest(${redactions.map((one) => hex(one.redacted_mac))}::text[]) WITH ORDINALITY u(m, n) ORDER BY n)
    ) AS redacted`;
  return Number(row?.redacted ?? 0);
}
