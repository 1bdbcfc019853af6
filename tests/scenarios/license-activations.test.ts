import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { license } from "../support/licenses";
import { startServer, type AppServer } from "../support/server";
import { world } from "../support/world";

const database = useDatabase();
jest.setTimeout(300_000);

let server: AppServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const call = {
  method: "POST",
  headers: { "content-type": "application/json" },
};

test("50 activations at once in two processes on 3 slots admit exactly 3", async () => {
  const { ctx } = await world();
  const { key } = await license(ctx, undefined, { max_machines: 3 });
  const statuses = await Promise.all(
    Array.from({ length: 50 }, async (_, i) => {
      const body = { key, kind: "machine", identifier: `m-${i}` };
      if (i % 2 === 0)
        return (await callRoute("licenses.activate", { body })).status;
      const there = `${server.url}/api/v1/licenses/activations`;
      const sent = { ...call, body: JSON.stringify(body) };
      return (await fetch(there, sent)).status;
    }),
  );
  const count = (wanted: number) =>
    statuses.filter((status) => status === wanted).length;
  expect([count(200), count(409)]).toEqual([3, 47]);
  const [row] = await database.query(
    "SELECT count(*)::int AS live FROM activations WHERE freed_at IS NULL",
  );
  expect(row).toEqual({ live: 3 });
});

test("the front listener answers validations, as the route does", async () => {
  const { ctx } = await world();
  const { key, id } = await license(ctx, undefined, { max_machines: null });
  const asked = `${server.url}/api/v1/licenses/validate`;
  const answer = await fetch(asked, { ...call, body: JSON.stringify({ key }) });
  expect(answer.headers.get("ratelimit-policy")).toMatch(/^"licenses"/);
  expect(await answer.json()).toMatchObject({ code: "VALID", license: { id } });
});
