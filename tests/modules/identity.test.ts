import { encode } from "next-auth/jwt";
import { actorOfCookie } from "@/http/authenticate";
import { sessionIdOf } from "@/http/session";
import {
  isSetupOpen,
  issueSetupToken,
  signIn,
  signOut,
} from "@/modules/identity";
import { derivedKey } from "@/platform/secret";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

const owner = {
  email: "ada@example.com",
  full_name: "Ada Lovelace",
  password: "an engine of brass",
};

describe("setting up", () => {
  test("a link makes one owner, once; a newer link ends an older one", async () => {
    const old = await issueSetupToken(w.ctx);
    const token = await issueSetupToken(w.ctx);
    expect(await isSetupOpen(w.ctx, old ?? "")).toBe(false);
    expect(await isSetupOpen(w.ctx, token ?? "")).toBe(true);
    const send = (body: object) => callRoute("identity.setUp", { body });
    expect((await send({ ...owner, token: old })).status).toBe(410);
    const weak = await send({ ...owner, token, password: "aaaaaaaaaaaa" });
    expect(weak.status).toBe(400);
    const both = await Promise.all([
      send({ ...owner, token }),
      send({ ...owner, email: "b@example.com", token }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410]);
    expect(await issueSetupToken(w.ctx)).toBeNull();
    expect(await isSetupOpen(w.ctx, token ?? "")).toBe(false);
  });

  test("no password, hash or token is in the audit log", async () => {
    const rows = JSON.stringify(
      await database.query("SELECT * FROM audit_log"),
    );
    expect(rows).toContain("staff.added");
    expect(rows).not.toMatch(/engine of brass|argon2|su_[0-9A-Za-z]{30}/);
  });
});

describe("signing in", () => {
  test("answers a wrong password and an unknown address alike", async () => {
    const wrong = { email: owner.email, password: "not this one" };
    const unknown = { email: "nobody@example.com", password: "x" };
    expect(await signIn(w.ctx, wrong)).toBeNull();
    expect(await signIn(w.ctx, unknown)).toBeNull();
    expect(await signIn(w.ctx, { ...unknown, email: "\u0000" })).toBeNull();
  });

  test("opens a session that ends on the next request after signing out", async () => {
    const headers = { cookie: await w.staffCookie(), origin: w.origin };
    const stats = () => callRoute("customers.stats", { headers });
    expect((await stats()).status).toBe(200);
    const value = headers.cookie.slice(headers.cookie.indexOf("=") + 1);
    await signOut(w.ctx, (await sessionIdOf(value)) ?? "");
    expect((await stats()).status).toBe(401);
  });

  test("disabling a person, and suspending a customer, act on the next request", async () => {
    const staff = { cookie: await w.staffCookie("viewer") };
    const portal = { cookie: await w.customerCookie() };
    const list = (headers: Record<string, string>) =>
      callRoute("keys.list", { headers });
    expect((await list(staff)).status).toBe(200);
    expect((await list(portal)).status).toBe(200);
    await database.query(
      "UPDATE users SET disabled_at = now() WHERE staff_role = 'viewer'",
    );
    await database.query("UPDATE customers SET status = 'suspended'");
    expect((await list(staff)).status).toBe(401);
    expect((await list(portal)).status).toBe(401);
  });

  test("a cookie that we did not seal, or with no live session, is nobody's", async () => {
    const sid = "ses_01jd0000000000000000000000";
    const ours = derivedKey("session-cookie").toString("hex");
    for (const [token, secret] of [
      [{ sid }, "another secret"],
      [{ sid }, ours],
      [{ sid: "nonsense" }, ours],
      [{}, ours],
    ] as const)
      expect(await actorOfCookie(await encode({ token, secret }))).toBeNull();
    expect(await actorOfCookie("nonsense")).toBeNull();
    expect(await actorOfCookie(undefined)).toBeNull();
  });
});

describe("a browser's session", () => {
  test("changes things from our own pages only", async () => {
    const cookie = await w.staffCookie();
    const create = (origin: Record<string, string>) =>
      callRoute("customers.create", {
        headers: { cookie, ...origin },
        body: { email: `${Math.random()}@example.com`, full_name: "N" },
      });
    const others: Record<string, string>[] = [
      {},
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: "http://localhost:3000.evil.example" },
    ];
    for (const origin of others)
      expect((await create(origin)).status).toBe(403);
    expect((await create({ origin: w.origin })).status).toBe(201);
  });

  test("does what the role may, and the refusal names the permission", async () => {
    const headers = {
      cookie: await w.staffCookie("support"),
      origin: w.origin,
    };
    expect((await callRoute("customers.list", { headers })).status).toBe(200);
    const answer = await callRoute("reports.overview", { headers });
    expect(answer.status).toBe(403);
    expect(answer.body.details).toEqual({ permission: "reports:read" });
  });

  test("of a customer may not use the seller's endpoints", async () => {
    const headers = { cookie: await w.customerCookie(), origin: w.origin };
    const answer = await callRoute("customers.list", { headers });
    expect(answer.status).toBe(403);
  });
});

describe("service tokens", () => {
  const issue = async (cookie: string, body: object) =>
    callRoute("identity.issueServiceToken", {
      headers: { cookie, origin: w.origin },
      body,
    });

  test("work until they are revoked or expire, and are stored hashed", async () => {
    const cookie = await w.staffCookie();
    const { body } = await issue(cookie, {
      name: "Site",
      scopes: ["customers:read"],
    });
    const headers = { authorization: `Bearer ${body.token}` };
    const list = () => callRoute("customers.list", { headers });
    expect((await list()).status).toBe(200);
    expect((await callRoute("keys.list", { headers })).status).toBe(403);
    const [stored] = await database.query(
      "SELECT t::text AS row, last_used_at FROM service_tokens t WHERE name = 'Site'",
    );
    expect(stored?.["row"]).not.toContain(body.token.slice(8));
    await callRoute("identity.revokeServiceToken", {
      headers: { cookie, origin: w.origin },
      params: { token_id: body.id },
    });
    expect((await list()).status).toBe(401);
    const expiring = await issue(cookie, {
      name: "Old",
      scopes: ["customers:read"],
      expires_at: "2020-01-01T00:00:00Z",
    });
    const old = { authorization: `Bearer ${expiring.body.token}` };
    expect((await callRoute("customers.list", { headers: old })).status).toBe(
      401,
    );
  });

  test("never hold more than the person who issued them", async () => {
    const cookie = await w.staffCookie("admin");
    const made = await issue(cookie, { name: "n", scopes: ["staff:write"] });
    expect(made.status).toBe(201);
    const billing = await w.staffCookie("billing");
    const refused = await issue(billing, { name: "n", scopes: ["usage:read"] });
    expect(refused.status).toBe(403);
  });
});
