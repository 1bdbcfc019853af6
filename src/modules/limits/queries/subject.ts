import type { TxCtx } from "@/platform/context";
import { toUuid } from "@/shared/ids";

/** Whose limits, quotas and features: by public id; the lineage's of a key; or everybody's. */
export type Subject =
  { kind: "customer" | "key" | "plan"; id: string } | "default";

/** The subject_id of a subject's rows; that of the default is the nil UUID. */
export function subjectUuid(subject: Subject): string {
  return subject === "default"
    ? "00000000-0000-0000-0000-000000000000"
    : toUuid(subject.id);
}

/** Until the transaction ends, nobody else replaces what this subject has. */
export async function lockSubject(tx: TxCtx, subject: Subject): Promise<void> {
  await tx.db
    .$queryRaw`SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('entitlements ' || ${subjectUuid(subject)}, 0))`;
}
