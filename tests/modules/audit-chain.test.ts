import { auditJobs } from "@/modules/audit";
import { record, sealAudit, verifyAudit } from "@/modules/audit";
import { transaction } from "@/platform/db/transaction";
import { tasksOf } from "@/platform/jobs";
import { newId, toUuid } from "@/shared/ids";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
  // Who owns the tables can take away what ties a seal to its entry.
  await database.query(
    "ALTER TABLE audit_seals DROP CONSTRAINT audit_seals_entry_id_fkey",
  );
});

/** Changes what no trigger may let through, as the owner of the tables can. */
async function behindTheTrigger(sql: string, values: unknown[] = []) {
  const triggers = (what: string) =>
    database.query(
      `ALTER TABLE audit_log ${what} TRIGGER USER; ALTER TABLE audit_seals ${what} TRIGGER USER`,
    );
  await triggers("DISABLE");
  await database.query(sql, values).finally(() => triggers("ENABLE"));
}

const act = (note: string) => ({
  action: "customer.updated" as const,
  target: { kind: "customer" as const, id: newId("cus") },
  before: { note: "", nested: { b: 1, a: [0.1, -0, 1e21, "é💥"] } },
  after: { note, nested: { a: [null, true], b: { z: 1, y: 2 } } },
});

/** Fresh entries, sealed, oldest first; the rest of the log is made as it was. */
async function sealed(count: number): Promise<string[]> {
  const made: string[] = [];
  for (let i = 0; i < count; i += 1) {
    await transaction(w.ctx, (tx) => record(tx, act(`note ${i}`)));
    const [row] = await database.query<{ id: string }>(
      "SELECT id::text FROM audit_log ORDER BY id DESC LIMIT 1",
    );
    made.push(row?.id ?? "");
  }
  await sealAudit(w.ctx);
  return made;
}

/** What verifying says after a change, which is then taken back. */
async function findingsAfter(
  change: () => Promise<unknown>,
): Promise<{ kind: string; message: string; entry_id: string | null }[]> {
  await database.query(
    "CREATE TABLE kept_log AS TABLE audit_log; CREATE TABLE kept_seals AS TABLE audit_seals",
  );
  await change();
  const { findings, findings_total } = await verifyAudit(w.ctx);
  expect(findings_total).toBe(findings.length);
  await behindTheTrigger(
    `DELETE FROM audit_seals; DELETE FROM audit_log;
     INSERT INTO audit_log SELECT * FROM kept_log;
     INSERT INTO audit_seals SELECT * FROM kept_seals;
     DROP TABLE kept_log, kept_seals`,
  );
  expect((await verifyAudit(w.ctx)).findings).toEqual([]);
  return findings;
}

test("a log that nobody touched verifies, and says how much there is", async () => {
  await sealed(3);
  await transaction(w.ctx, (tx) => record(tx, act("not sealed yet")));
  const verdict = await verifyAudit(w.ctx);
  expect(verdict).toMatchObject({ findings: [], unsealed: 1 });
  expect(verdict.sealed).toBe((await w.auditCount()) - 1);
  await sealAudit(w.ctx);
});

test("an edited entry is named by id, action and time", async () => {
  const [, second = ""] = await sealed(3);
  for (const change of [
    "actor_name = 'Mallory'",
    "after = jsonb_set(after, '{nested,b,z}', '3')",
    "before = NULL",
    "ip = '203.0.113.9'",
    "created_at = created_at + interval '1 ms'",
    "on_behalf_of = 'Acme'",
    "target_id = gen_random_uuid()",
  ]) {
    const findings = await findingsAfter(() =>
      behindTheTrigger(`UPDATE audit_log SET ${change} WHERE id = $1`, [
        second,
      ]),
    );
    expect(findings).toHaveLength(1);
    const [finding] = findings;
    expect(finding).toMatchObject({ kind: "edited" });
    expect(toUuid(finding?.entry_id ?? "")).toBe(second);
    expect(finding?.message).toMatch(/customer\.updated, 20\d\d-.+Z/);
  }
});

test("an entry without its signature is named too", async () => {
  const [, second = ""] = await sealed(3);
  const findings = await findingsAfter(() =>
    behindTheTrigger(
      "UPDATE audit_log SET mac = NULL, actor_name = 'Mallory' WHERE id = $1",
      [second],
    ),
  );
  expect(findings.map(({ kind }) => kind)).toEqual(["unsigned"]);
});

test("an entry that was written past the app is named before it is sealed, and after", async () => {
  await sealed(1);
  const plant = (mac: string) =>
    database.query(
      `INSERT INTO audit_log (id, actor_kind, actor_name, action, target_kind, target_id, created_at, mac)
       SELECT uuidv7(), 'staff', 'Mallory', action, target_kind, target_id, now(), ${mac}
       FROM audit_log WHERE mac IS NOT NULL LIMIT 1`,
    );
  for (const [mac, kind] of [
    ["mac", "edited"],
    ["NULL", "unsigned"],
  ] as const) {
    const before = await findingsAfter(() => plant(mac));
    const after = await findingsAfter(async () => {
      await plant(mac);
      await sealAudit(w.ctx);
    });
    expect([...before, ...after].map((found) => found.kind)).toEqual([
      kind,
      kind,
    ]);
  }
});

test("a removed entry is named, with or without its seal", async () => {
  const [, second = "", third = ""] = await sealed(4);
  const alone = await findingsAfter(() =>
    behindTheTrigger("DELETE FROM audit_log WHERE id = $1", [second]),
  );
  expect(alone).toHaveLength(1);
  expect(toUuid(alone[0]?.entry_id ?? "")).toBe(second);
  const both = await findingsAfter(async () => {
    for (const table of ["audit_seals", "audit_log"])
      await behindTheTrigger(
        `DELETE FROM ${table} WHERE ${table === "audit_log" ? "id" : "entry_id"} = ANY($1)`,
        [[second, third]],
      );
  });
  expect(both.map(({ kind }) => kind)).toEqual(["removed"]);
  expect(both[0]?.message).toMatch(
    /^Seals \d+ to \d+ are gone: .+ between aud_\w+ \(customer\.updated, .+\) and aud_\w+ \(/,
  );
});

test("closing the gap by renumbering the seals does not hide it", async () => {
  const [, second = ""] = await sealed(4);
  const findings = await findingsAfter(async () => {
    const gap = "(SELECT seq FROM audit_seals WHERE entry_id = $1)";
    await behindTheTrigger(
      `WITH gone AS ${gap} UPDATE audit_seals SET seq = -seq WHERE seq > (SELECT seq FROM gone)`,
      [second],
    );
    await behindTheTrigger("DELETE FROM audit_seals WHERE entry_id = $1", [
      second,
    ]);
    await behindTheTrigger("DELETE FROM audit_log WHERE id = $1", [second]);
    await behindTheTrigger(
      "UPDATE audit_seals SET seq = -seq - 1 WHERE seq < 0",
    );
  });
  expect(findings.length).toBeGreaterThan(0);
  expect(findings[0]?.kind).toBe("seal");
});

test("a forged and a reordered seal are named", async () => {
  const [first = "", second = "", third = ""] = await sealed(4);
  const forged = await findingsAfter(() =>
    behindTheTrigger(
      "UPDATE audit_seals SET digest = sha256(digest) WHERE entry_id = $1",
      [second],
    ),
  );
  expect(forged.map(({ kind, entry_id }) => [kind, entry_id])).toEqual([
    ["seal", expect.stringMatching(/^aud_/)],
  ]);
  expect(toUuid(forged[0]?.entry_id ?? "")).toBe(second);
  const reordered = await findingsAfter(async () => {
    const swap = "UPDATE audit_seals SET entry_id = $2 WHERE entry_id = $1";
    const aside = toUuid(newId("aud"));
    await behindTheTrigger(swap, [second, aside]);
    await behindTheTrigger(swap, [third, second]);
    await behindTheTrigger(swap, [aside, third]);
  });
  const named = reordered.map(({ entry_id }) => toUuid(entry_id ?? ""));
  expect(named).toEqual(expect.arrayContaining([second, third]));
  expect(named).not.toContain(first);
  expect(new Set(reordered.map(({ kind }) => kind))).toEqual(new Set(["seal"]));
});

test("a head that was noted finds the end cut off", async () => {
  await sealed(1);
  const { head } = await verifyAudit(w.ctx);
  const [last = ""] = await sealed(1);
  const noted = (await verifyAudit(w.ctx)).head ?? "";
  const ask = { head: head ?? "" };
  expect((await verifyAudit(w.ctx, ask)).findings).toEqual([]);
  await findingsAfter(async () => {
    await behindTheTrigger("DELETE FROM audit_seals WHERE entry_id = $1", [
      last,
    ]);
    await behindTheTrigger("DELETE FROM audit_log WHERE id = $1", [last]);
    const cut = await verifyAudit(w.ctx, { head: noted });
    expect(cut.findings.map(({ kind }) => kind)).toEqual(["removed"]);
  });
  await expect(verifyAudit(w.ctx, { head: "nonsense" })).rejects.toThrow(
    /head: must be SEQ:DIGEST/,
  );
});

test("seals and entries refuse to be changed", async () => {
  for (const sql of [
    "UPDATE audit_seals SET digest = ''",
    "DELETE FROM audit_seals",
    "TRUNCATE audit_seals",
    "UPDATE audit_log SET mac = NULL",
    "DELETE FROM audit_log",
  ])
    await expect(database.query(sql)).rejects.toThrow(/append only/);
});

test("entries of before signatures are sealed by what they say", async () => {
  await behindTheTrigger("DELETE FROM audit_seals");
  await behindTheTrigger("DELETE FROM audit_log");
  await database.query(
    `INSERT INTO audit_log (id, actor_kind, actor_name, action, target_kind, target_id, after)
     SELECT uuidv7(interval '-1 minute'), 'system', 'old', 'customer.created', 'customer', gen_random_uuid(), '{"b": 1, "a": {"d": 2, "c": 3}}'
     FROM generate_series(1, 5)`,
  );
  await sealed(2);
  expect((await verifyAudit(w.ctx)).findings).toEqual([]);
  const findings = await findingsAfter(() =>
    behindTheTrigger(
      `UPDATE audit_log SET after = '{"b": 2}' WHERE id = (SELECT id FROM audit_log ORDER BY id OFFSET 2 LIMIT 1)`,
    ),
  );
  expect(findings.map(({ kind }) => kind)).toEqual(["edited"]);
});

test("an entry that was committed late gets its seal, and sealers at once make one chain", async () => {
  let commit = () => {};
  const late = transaction(w.ctx, async (tx) => {
    await record(tx, act("late"));
    await new Promise<void>((resolve) => (commit = resolve));
  });
  await sealed(3);
  commit();
  await late;
  const seal = tasksOf([auditJobs])["seal_audit"];
  for (let round = 0; round < 5; round += 1) {
    await transaction(w.ctx, (tx) => record(tx, act(`round ${round}`)));
    await Promise.all(
      Array.from({ length: 4 }, async () => seal?.(null, {} as never)),
    );
  }
  await sealAudit(w.ctx);
  expect(await verifyAudit(w.ctx)).toMatchObject({ findings: [], unsealed: 0 });
});

test("ten thousand entries are sealed and verified, a thousand at a time", async () => {
  await database.query(
    `INSERT INTO audit_log (id, actor_kind, actor_name, action, target_kind, target_id, created_at)
     SELECT uuidv7(interval '-10 years'), 'system', 'old', 'customer.created', 'customer', gen_random_uuid(), now()
     FROM generate_series(1, 10000)`,
  );
  const { sealed: late } = await sealAudit(w.ctx);
  expect(late).toBe(0);
  expect((await sealAudit(w.ctx, { all: true })).sealed).toBe(10_000);
  const verdict = await verifyAudit(w.ctx);
  process.stderr.write(
    `verified ${verdict.sealed} entries in ${verdict.duration_ms} ms\n`,
  );
  expect(verdict).toMatchObject({ unsealed: 0, findings_total: 10_000 });
  expect(verdict.findings).toHaveLength(1_000);
  expect(verdict.findings[0]?.kind).toBe("unsigned");
}, 300_000);
