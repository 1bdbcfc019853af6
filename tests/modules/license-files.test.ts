import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { transform } from "esbuild";
import { readFile } from "node:fs/promises";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { license } from "../support/licenses";
import { world, type World } from "../support/world";

const database = useDatabase();
const run = promisify(execFile);
const examples = path.resolve(__dirname, "../../examples/license-verifiers");
const folder = mkdtempSync(path.join(os.tmpdir(), "license-files-"));
const has = (command: string, ...args: string[]) =>
  spawnSync(command, args).status === 0;

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
  const source = await readFile(path.join(examples, "typescript/verify.ts"));
  const { code } = await transform(source, { loader: "ts" });
  writeFileSync(path.join(folder, "verify.mjs"), code);
});
afterAll(() => rmSync(folder, { recursive: true }));

const checkOut = async (license_id: string, body: object = {}) =>
  callRoute("licenses.checkOut", { headers, params: { license_id }, body });
const publicKeys = async () =>
  (await callRoute("licenses.publicKeys")).body.keys;

type Envelope = Record<"alg" | "kid" | "payload" | "signature", string>;

/** The same file with its envelope changed. */
function tampered(file: string, change: (envelope: Envelope) => void): string {
  const body = file.replace(/-----[A-Z ]+-----/g, "");
  const envelope = JSON.parse(Buffer.from(body, "base64").toString());
  change(envelope);
  const text = Buffer.from(JSON.stringify(envelope)).toString("base64");
  return `-----BEGIN LICENSE FILE-----\n${text}\n-----END LICENSE FILE-----\n`;
}

test("a license file says what the license allows, and ends with it or before", async () => {
  const { id, key, expires_at } = await license(w.ctx, undefined, {
    quotas: { users: 3, sites: null },
  });
  const { body } = await checkOut(id, { nonce: "n1" });
  expect(body.payload).toMatchObject({
    ...{ license_id: id, key, expires_at, machine: null, nonce: "n1" },
    quotas: { users: 3, sites: null },
  });
  const short = (await checkOut(id, { valid_days: 1 })).body.payload;
  const hours = (Date.parse(short.expires_at) - Date.now()) / 3_600_000;
  expect(Math.round(hours)).toBe(24);
  const long = (await checkOut(id, { valid_days: 3_650 })).body.payload;
  expect(long.expires_at).toBe(expires_at);
});

test("no file is signed for a license that is not good, nor for a machine that has no slot", async () => {
  const { id, key } = await license(w.ctx);
  const refused = await checkOut(id, { machine: "a" });
  expect([refused.status, refused.body.details]).toEqual([
    409,
    { code: "NOT_ACTIVATED" },
  ]);
  const body = { key, kind: "machine", identifier: "a" };
  await callRoute("licenses.activate", { body });
  expect((await checkOut(id, { machine: "a" })).status).toBe(200);
  await callRoute("licenses.suspend", {
    headers,
    params: { license_id: id },
    body: {},
  });
  const suspended = await checkOut(id, { machine: "a" });
  expect(suspended.body.details).toEqual({ code: "SUSPENDED" });
});

test("a rotated key signs what comes after, and the old one stays listed", async () => {
  const { id } = await license(w.ctx);
  const before = (await checkOut(id)).body.payload.kid;
  const rotated = await callRoute("licenses.rotateKey", { headers });
  expect(rotated.status).toBe(201);
  expect((await checkOut(id)).body.payload.kid).toBe(rotated.body.kid);
  const listed = await publicKeys();
  expect(listed.map(({ kid }: { kid: string }) => kid)).toEqual(
    expect.arrayContaining([before, rotated.body.kid]),
  );
  const current = listed.filter(
    ({ retired_at }: { retired_at: string | null }) => retired_at === null,
  );
  expect(current).toHaveLength(1);
});

test("the private half of a signing key is in no table as it is, and in no answer", async () => {
  await checkOut((await license(w.ctx)).id);
  const rows = await database.query<{ private_key: Buffer }>(
    "SELECT private_key FROM license_signing_keys",
  );
  for (const { private_key } of rows)
    expect(private_key.toString("latin1")).not.toContain("PRIVATE KEY");
  expect(JSON.stringify(await publicKeys())).not.toMatch(/private/i);
});

test("many checkouts at once before there is a key make one key", async () => {
  await database.query("DELETE FROM license_signing_keys");
  const { id } = await license(w.ctx);
  const all = await Promise.all(Array.from({ length: 8 }, () => checkOut(id)));
  const kids = new Set(all.map(({ body }) => body.payload.kid));
  expect(kids.size).toBe(1);
  expect(await publicKeys()).toHaveLength(1);
});

test("the answer to a question with a nonce is signed, with the nonce in it", async () => {
  const { key, id } = await license(w.ctx, undefined, { max_machines: null });
  const { body } = await callRoute("licenses.validate", {
    body: { key, nonce: "once-7" },
  });
  const envelope = JSON.parse(
    Buffer.from(
      body.proof.replace(/-----[A-Z ]+-----/g, ""),
      "base64",
    ).toString(),
  );
  const said = JSON.parse(Buffer.from(envelope.payload, "base64").toString());
  expect(said).toMatchObject({ valid: true, license_id: id, nonce: "once-7" });
});

const verifiers: [string, boolean, string, string[]][] = [
  ["TypeScript", true, process.execPath, [path.join(folder, "verify.mjs")]],
  [
    "Python",
    has("python3", "--version"),
    "python3",
    [path.join(examples, "python/verify.py")],
  ],
  [
    "Go",
    has("go", "version"),
    "go",
    ["run", path.join(examples, "go/verify.go")],
  ],
];

describe.each(verifiers)(
  "the verifier in %s",
  (name, isHere, command, args) => {
    const promise = isHere ? test : test.skip; // No such language on this machine.
    if (!isHere)
      process.stderr.write(`no ${name} here: its verifier is not run\n`);

    const at = path.join(folder, name);
    async function verify(file: string, keys: unknown[], machine = "m-1") {
      writeFileSync(`${at}.lic`, file);
      writeFileSync(`${at}.json`, JSON.stringify({ keys }));
      return run(command, [...args, `${at}.lic`, `${at}.json`, machine]).then(
        ({ stdout }) => ({ said: JSON.parse(stdout), refusal: null }),
        (error: { code: number; stderr: string }) => ({
          said: null,
          refusal: `${error.code}: ${error.stderr}`,
        }),
      );
    }

    promise(
      "takes a good file, and refuses one that is tampered with, expired, for another machine, or of an unknown key",
      async () => {
        const made = await license(w.ctx, undefined, { name: "Ünïcode ✓" });
        const body = { key: made.key, kind: "machine", identifier: "m-1" };
        await callRoute("licenses.activate", { body });
        const { file } = (await checkOut(made.id, { machine: "m-1" })).body;
        const keys = await publicKeys();
        const good = await verify(file, keys);
        expect(good).toMatchObject({
          refusal: null,
          said: { license_id: made.id, name: "Ünïcode ✓", machine: "m-1" },
        });
        const other = await verify(file, keys, "m-2");
        expect(other.refusal).toMatch(/^1: .*another machine/);
        const unknown = await verify(file, []);
        expect(unknown.refusal).toMatch(/^1: .*public key/);
        const changed = tampered(file, (envelope) => {
          const said = JSON.parse(
            Buffer.from(envelope.payload, "base64").toString(),
          );
          const more = { ...said, quotas: { users: 1_000_000 } };
          envelope.payload = Buffer.from(JSON.stringify(more)).toString(
            "base64",
          );
        });
        expect((await verify(changed, keys)).refusal).toMatch(
          /^1: .*signature/,
        );
        const resigned = tampered(file, (envelope) => {
          envelope.signature = Buffer.alloc(64, 1).toString("base64");
        });
        expect((await verify(resigned, keys)).refusal).toMatch(
          /^1: .*signature/,
        );
        expect((await verify("hello", keys)).refusal).toMatch(
          /^1: .*no license/,
        );
        await database.query(
          "UPDATE licenses SET expires_at = now() + interval '400 milliseconds' WHERE key = $1",
          [made.key],
        );
        const ending = (await checkOut(made.id, { machine: "m-1" })).body.file;
        await new Promise((resolve) => setTimeout(resolve, 450));
        expect((await verify(ending, keys)).refusal).toMatch(/^1: .*expired/);
      },
    );
  },
);
