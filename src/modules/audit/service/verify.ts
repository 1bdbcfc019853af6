import { authorize, type Ctx } from "@/platform/context";
import { derivedKey } from "@/platform/secret";
import { invalid } from "@/shared/errors";
import {
  checkEntry,
  walk,
  walkStart,
  type Finding,
  type SealedEntry,
  type Walked,
} from "../chain";
import {
  findSealed,
  findStored,
  scanEntries,
  type Scan,
} from "../queries/seals";

const batch = 1_000;
// A log that was rewritten from end to end must not fill the memory with findings.
const keptFindings = 1_000;

/** What verifying found. `findings` are the first thousand of `findings_total`. */
export type AuditVerdict = {
  sealed: number;
  /** entries that wait for their seal; their own signature is checked */
  unsealed: number;
  /** of the sealed ones, those that an erasure took a person out of */
  redacted: number;
  findings: Finding[];
  findings_total: number;
  /** the last seal, `SEQ:DIGEST`: kept elsewhere, it proves later that no end of the log was cut off */
  head: string | null;
  duration_ms: number;
};

/**
 * Walk the chain over the whole audit log and check each entry against its signature and seal, a
 * thousand at a time. `head` is a head that an earlier verdict gave: the chain must still hold it.
 * Needs audit:read; throws VALIDATION_FAILED for a head that is none.
 */
export async function verifyAudit(
  ctx: Ctx,
  { head }: { head?: string | undefined } = {},
): Promise<AuditVerdict> {
  authorize(ctx, "audit:read");
  const start = ctx.now().getTime();
  const found = new Found(head === undefined ? null : parseHead(head));
  const key = derivedKey("audit");
  let walked = walkStart;
  let [sealed, redacted] = [0, 0];
  for await (const seal of seals(ctx)) {
    const step = walk(key, walked, seal);
    found.add(step.findings);
    found.meet(seal);
    walked = step.walked;
    sealed += 1;
    if (seal.entry?.redacted_mac) redacted += 1;
  }
  found.end();
  const unsealed = await verifyUnsealed(ctx, key, walked, found);
  return {
    sealed,
    unsealed,
    redacted,
    findings: found.kept,
    findings_total: found.total,
    head: found.head,
    duration_ms: ctx.now().getTime() - start,
  };
}

async function* seals(ctx: Ctx): AsyncGenerator<SealedEntry> {
  let after = 0;
  for (;;) {
    const some = await findSealed(ctx, after, batch);
    yield* some;
    const last = some.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

async function verifyUnsealed(
  ctx: Ctx,
  key: Buffer,
  { hasMacs }: Walked,
  found: Found,
): Promise<number> {
  let count = 0;
  let after: string | null = null;
  for (;;) {
    const scan: Scan = await scanEntries(ctx, after, batch);
    for (const entry of await findStored(ctx, scan.unsealed)) {
      const wrong = checkEntry(key, entry, hasMacs);
      if (wrong) found.add([wrong]);
    }
    count += scan.unsealed.length;
    if (scan.last === null) return count;
    after = scan.last;
  }
}

type NotedHead = { seq: number; digest: string };

function parseHead(text: string): NotedHead {
  const [, seq, digest] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seq && digest) return { seq: Number(seq), digest };
  throw invalid([
    { field: "head", message: "must be SEQ:DIGEST as verifying printed it" },
  ]);
}

/** Gathers findings, and looks for the head that was noted. */
class Found {
  readonly kept: Finding[] = [];
  total = 0;
  head: string | null = null;

  constructor(private noted: NotedHead | null) {}

  add(findings: Finding[]): void {
    this.total += findings.length;
    this.kept.push(...findings.slice(0, keptFindings - this.kept.length));
  }

  meet({ seq, digest }: SealedEntry): void {
    const hex = Buffer.from(digest).toString("hex");
    this.head = `${seq}:${hex}`;
    if (seq === this.noted?.seq && hex === this.noted.digest) this.noted = null;
  }

  end(): void {
    if (!this.noted) return;
    const { seq } = this.noted;
    this.add([
      {
        kind: "removed",
        seq,
        entry_id: null,
        message: `The head that was noted, seal ${seq}, is not in the chain: the end of the log was cut off, or the chain was made anew.`,
      },
    ]);
  }
}
