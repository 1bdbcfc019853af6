import { allowedMethods } from "@/http/paths";
import { rewrites } from "@/http/rewrites.mjs";
import { reachedThreshold } from "../support/alerts";
import { useDatabase } from "../support/database";
import { startServer, type AppServer } from "../support/server";
import { newTenant } from "../support/tenants";
import { world } from "../support/world";

useDatabase();
jest.setTimeout(300_000);

let server: AppServer;
let authorization: string;
let ids: Record<string, string>;
beforeAll(async () => {
  server = await startServer();
  const w = await world();
  authorization = `Bearer ${w.everything}`;
  const { id: customer_id } = await w.customer();
  ids = {
    customer_id,
    "path*": customer_id,
    alert_id: await reachedThreshold(customer_id),
    subscription_id: "sub_01jd0000000000000000000000",
    payment_method_id: "pmd_01jd0000000000000000000000",
    tenant_id: (await newTenant(w.ctx, { customer_id })).id,
    module_name: "nothing",
  };
});
afterAll(() => server?.stop());

const filled = (path: string) =>
  path
    .replace("/api/health/:path*", "/api/health/live")
    .replace("/api/v1/health/:path*", "/api/v1/health/live")
    .replace("/support/:path*", "/support/stats")
    .replace(/:([a-z_]+\*?)/g, (_, name: string) => ids[name] ?? name);

async function ask(method: string, path: string) {
  const headers = { authorization, "content-type": "application/json" };
  const body = method === "GET" ? null : "{}";
  const answer = await fetch(server.url + filled(path), {
    ...{ method, headers, body },
  });
  const { error } = await answer.json();
  return { status: answer.status, error };
}

test.each(rewrites.map(({ source, destination }) => [source, destination]))(
  "%s answers as %s does",
  async (source, destination) => {
    const [method = "GET"] = allowedMethods(filled(destination)) ?? [];
    const now = await ask(method, destination);
    const old = await ask(method, source);
    expect(old).toEqual(now);
    // Those of a customer's own people refuse a service's token, and so are there.
    if (method === "GET") expect([200, 403]).toContain(old.status);
    expect(old.error ?? "").not.toMatch(/no endpoint at this path/);
  },
);
