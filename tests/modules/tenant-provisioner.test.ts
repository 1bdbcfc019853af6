import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import { onLoopback } from "../support/loopback";
import { useDatabase } from "../support/database";
import { newestBackup, newTenant } from "../support/tenants";
import { tenantsFixture } from "./tenants-fixture";

const database = useDatabase();
const key = Buffer.alloc(32, 7);
type Asked = {
  type: string;
  tenant: { id: string; ref: string };
  module?: string;
  backup?: string;
};
const asked: Asked[] = [];
const ids: string[] = [];
const made = new Map<string, Set<string>>();
let busy = 0;
let server: Awaited<ReturnType<typeof onLoopback>>;

beforeAll(async () => {
  server = await onLoopback(
    createServer((request, response) => {
      let body = "";
      request.on("data", (piece) => (body += String(piece)));
      request.on("end", () => {
        const [status, answer] = reply(request.headers, body);
        response.writeHead(status).end(JSON.stringify(answer));
      });
    }),
  );
  Object.assign(process.env, {
    PROVISIONER_URL: `${server.url}/tenants`,
    PROVISIONER_SECRET: `whsec_${key.toString("base64")}`,
    OUTBOUND_PRIVATE_HOSTS: "127.0.0.1",
  });
});
afterAll(() => server.close());
const { held, work, on, read, ready, lastJob, persist } =
  tenantsFixture(database);

function reply(
  headers: Record<string, unknown>,
  body: string,
): [number, object] {
  const [id, at] = [
    String(headers["webhook-id"]),
    String(headers["webhook-timestamp"]),
  ];
  const signature = createHmac("sha256", key)
    .update(`${id}.${at}.${body}`)
    .digest("base64");
  const isFresh = Math.abs(Number(at) * 1_000 - Date.now()) < 5 * 60_000;
  if (headers["webhook-signature"] !== `v1,${signature}` || !isFresh)
    return [401, { error: "bad signature" }];
  const wanted = JSON.parse(body) as Asked;
  asked.push(wanted);
  ids.push(id);
  if (busy > 0 && wanted.type === "tenant.create") {
    busy -= 1;
    return [202, {}];
  }
  return act(wanted);
}

function act({ type, tenant, module = "" }: Asked): [number, object] {
  const modules = made.get(tenant.ref);
  switch (type) {
    case "tenant.exists":
      return [200, { exists: modules !== undefined }];
    case "tenant.create":
      made.set(tenant.ref, modules ?? new Set());
      return [200, {}];
    case "tenant.install_module":
      if (module === "nothing") return [422, { error: "no such module" }];
      modules?.add(module);
      return [200, {}];
    case "tenant.list_modules":
      return [
        200,
        {
          modules: [
            {
              name: "shop",
              title: "Shop",
              is_installed: modules?.has("shop") ?? false,
            },
          ],
        },
      ];
    case "tenant.usage":
      return [200, { users: 3, storage_bytes: 42 }];
    case "tenant.backup":
      return [200, { bytes: 7 }];
    case "tenant.drop":
      made.delete(tenant.ref);
      return [200, {}];
    default:
      return [200, {}];
  }
}

test("a provisioner of the seller's own gets signed calls, and its answers are the tenant's state", async () => {
  const tenant = await ready({ modules: ["shop"] });
  expect(tenant).toMatchObject({
    ...{ status: "active", driver: "webhook" },
    usage: { users: { used: 3 }, storage_bytes: { used: 42 } },
  });
  expect(made.get(tenant.ref)).toEqual(new Set(["shop"]));
  await on("backup", tenant.id);
  await work();
  expect(await newestBackup(held.w.ctx, tenant.id)).toMatchObject({
    status: "ready",
    bytes: 7,
  });
  await on("suspend", tenant.id, {});
  await work();
  expect(asked.at(-1)).toMatchObject({
    type: "tenant.suspend",
    tenant: { id: tenant.id },
  });
  await on("unsuspend", tenant.id);
  await work();
  await on("remove", tenant.id);
  await work();
  expect(made.has(tenant.ref)).toBe(false);
});

test("one that is still at it is asked again", async () => {
  busy = 2;
  const { id } = await newTenant(held.w.ctx);
  await work();
  expect((await lastJob(id)).steps[1]?.error).toBe(
    "The provisioner is at create",
  );
  await persist(2);
  expect(await read(id)).toMatchObject({ status: "active" });
  const creations = asked.filter(
    ({ type, tenant }) => type === "tenant.create" && tenant.id === id,
  );
  expect(creations).toHaveLength(3);
  expect(new Set(ids).size).toBe(ids.length);
});

test("what it refuses is undone, and its words are the job's", async () => {
  const before = made.size;
  const { id } = await newTenant(held.w.ctx, { modules: ["nothing"] });
  await work();
  expect(await lastJob(id)).toMatchObject({
    status: "failed",
    error: "The provisioner refuses to install_module: no such module",
  });
  expect(made.size).toBe(before);
});
