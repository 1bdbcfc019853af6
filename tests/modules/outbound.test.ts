import { createServer } from "node:http";
import dns from "node:dns";
import { env } from "@/platform/env";
import { callOutside, isPrivate, textOf } from "@/platform/outbound";
import { onLoopback } from "../support/loopback";

let asked = 0;
let server: Awaited<ReturnType<typeof onLoopback>>;
beforeAll(async () => {
  server = await onLoopback(
    createServer((request, response) => {
      asked += 1;
      const isAway = request.url === "/away";
      const location = isAway ? "http://169.254.169.254/" : "";
      response.writeHead(isAway ? 302 : 200, { location });
      if (request.url !== "/slow") response.end("hello");
    }),
  );
});
afterAll(() => server.close());
beforeEach(() => {
  asked = 0;
  env().OUTBOUND_PRIVATE_HOSTS = [];
});
afterEach(() => jest.restoreAllMocks());

const port = () => new URL(server.url).port;
const call = (address: string, timeoutMs = 2_000) =>
  callOutside(address, { timeoutMs });

test.each([
  "127.0.0.1",
  "127.9.9.9",
  "10.1.2.3",
  "172.16.0.1",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "fe80::1",
  "fd00::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::7f00:1",
  "2002:7f00:1::",
  "ff02::1",
  "nonsense",
])("%s is private", (address) => {
  expect(isPrivate(address)).toBe(true);
});
test.each([
  "1.1.1.1",
  "93.184.216.34",
  "172.32.0.1",
  "100.128.0.1",
  "2606:4700::1111",
  "::ffff:1.1.1.1",
])("%s is not", (address) => {
  expect(isPrivate(address)).toBe(false);
});

test.each([
  "http://127.0.0.1",
  "http://localhost",
  "http://[::1]",
  "http://2130706433",
  "http://0x7f.1",
  "http://127.1",
  "http://[::ffff:127.0.0.1]",
])("no connection is opened to %s", async (address) => {
  await expect(call(`${address}:${port()}/`)).rejects.toThrow(
    /private address/,
  );
  expect(asked).toBe(0);
});

test("a name that answers with a public address and then with a private one gets no connection", async () => {
  let answers = 0;
  jest.spyOn(dns, "lookup").mockImplementation((...given: unknown[]) => {
    const done = given.at(-1) as (
      error: null,
      found: dns.LookupAddress[],
    ) => void;
    answers += 1;
    done(null, [
      { address: answers === 1 ? "127.0.0.1" : "93.184.216.34", family: 4 },
    ]);
  });
  await expect(call(`http://rebinding.example:${port()}/`)).rejects.toThrow(
    /private address/,
  );
  expect(asked).toBe(0);
});

test("a host that is named may be called, and only that", async () => {
  env().OUTBOUND_PRIVATE_HOSTS = [`127.0.0.1:${port()}`];
  expect(await textOf(await call(`${server.url}/`))).toBe("hello");
  await expect(call("http://127.0.0.1:1/")).rejects.toThrow(/private address/);
  await expect(call(`http://localhost:${port()}/`)).rejects.toThrow(
    /private address/,
  );
});

test("a redirect is an answer like others, and is not followed", async () => {
  env().OUTBOUND_PRIVATE_HOSTS = ["127.0.0.1"];
  const { status, body } = await call(`${server.url}/away`);
  body.resume();
  expect(status).toBe(302);
});

test("who does not answer in time is left", async () => {
  env().OUTBOUND_PRIVATE_HOSTS = ["127.0.0.1"];
  await expect(call(`${server.url}/slow`, 200)).rejects.toThrow(
    /did not answer within/,
  );
});

test("an answer without end is cut off", async () => {
  env().OUTBOUND_PRIVATE_HOSTS = ["127.0.0.1"];
  await expect(textOf(await call(`${server.url}/`), 3)).rejects.toThrow(
    /more than 3 bytes/,
  );
});
