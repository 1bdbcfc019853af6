import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";
import { toNetwork } from "@/shared/network";

useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const check = async (key: string, ip?: string) =>
  (await callRoute("access.check", { headers, body: { key, ip } })).body.code;

test("a key with allowed addresses works from them alone, also after it is rotated", async () => {
  const customer_id = (await w.customer()).id;
  const body = {
    customer_id,
    allowed_ips: ["203.0.113.77/24", "2001:DB8:0::1", "203.0.113.0/24"],
  };
  const issued = await callRoute("keys.issue", { headers, body });
  expect(issued.body.allowed_ips).toEqual([
    "203.0.113.0/24",
    "2001:db8::1/128",
  ]);
  const { id: key_id, key } = issued.body;
  expect(await check(key, "203.0.113.9")).toBe("VALID");
  expect(await check(key, "2001:db8::1")).toBe("VALID");
  expect(await check(key, "203.0.114.9")).toBe("FORBIDDEN");
  expect(await check(key)).toBe("FORBIDDEN");
  const rotated = await callRoute("keys.rotate", {
    headers,
    params: { key_id },
    body: {},
  });
  expect(await check(rotated.body.key, "198.51.100.1")).toBe("FORBIDDEN");
  const params = { key_id: rotated.body.id };
  const open = { headers, params, body: { allowed_ips: [] } };
  expect((await callRoute("keys.update", open)).body.allowed_ips).toEqual([]);
  expect(await check(rotated.body.key, "198.51.100.1")).toBe("VALID");
});

test("what is no address, and more than 50 of them, is refused by field", async () => {
  const customer_id = (await w.customer()).id;
  const issue = (allowed_ips: string[]) =>
    callRoute("keys.issue", { headers, body: { customer_id, allowed_ips } });
  for (const wrong of [
    "10.0.0.0/33",
    "::/129",
    "10.0.0",
    "example.com",
    "",
    "10.0.0.1/x",
  ]) {
    const { status, body } = await issue(["10.0.0.1", wrong]);
    expect([wrong, status]).toEqual([wrong, 400]);
    expect(body.details.fields[0].field).toBe("body.allowed_ips.1");
  }
  const many = Array.from({ length: 51 }, (_, i) => `10.0.0.${i}`);
  expect((await issue(many)).status).toBe(400);
  expect((await issue(many.slice(1))).status).toBe(201);
});

test.each([
  ["10.1.2.3", "10.1.2.3/32"],
  ["10.1.2.3/0", "0.0.0.0/0"],
  ["10.255.2.3/9", "10.128.0.0/9"],
  ["2001:0DB8:0:0:0:0:0:1/64", "2001:db8::/64"],
  ["::", "::/128"],
  ["fe80::ffff/127", "fe80::fffe/127"],
  ["::ffff:192.0.2.7", "192.0.2.7/32"],
  ["::ffff:192.0.2.7/120", "192.0.2.0/24"],
])("%s is the network %s", (typed, network) => {
  expect(toNetwork(typed)).toBe(network);
});
