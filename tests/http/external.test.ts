import { createServer } from "node:http";
import { encode } from "next-auth/jwt";
import { externalOptions, externalProviders, github } from "@/http/external";
import { halfSignedIn, sessionIdOf } from "@/http/session";
import { env, parseEnv } from "@/platform/env";
import { derivedKey } from "@/platform/secret";
import { accounts, bearer } from "../support/accounts";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { onLoopback } from "../support/loopback";
import { runJobs } from "../support/jobs";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { world, type World } from "../support/world";
import { toUuid } from "@/shared/ids";

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

const set = {
  google: { GOOGLE_CLIENT_ID: "g", GOOGLE_CLIENT_SECRET: "s" },
  github: { GITHUB_CLIENT_ID: "h", GITHUB_CLIENT_SECRET: "s" },
  oidc: {
    OIDC_ISSUER: "https://login.example.com/",
    OIDC_CLIENT_ID: "o",
    OIDC_CLIENT_SECRET: "s",
  },
};
const withSettings = (more: object) => parseEnv({ ...process.env, ...more });

test("providers are off until they are set, and each is set as a whole", () => {
  expect(externalOptions()).toEqual([]);
  expect(externalProviders(withSettings({ OIDC_NAME: "Acme" }))).toEqual([]);
  for (const settings of Object.values(set)) {
    expect(externalProviders(withSettings(settings))).toHaveLength(1);
    for (const name of Object.keys(settings))
      expect(() => withSettings({ ...settings, [name]: undefined })).toThrow(
        new RegExp(`${name}: is missing`),
      );
  }
  const open = { ...set.oidc, OIDC_ISSUER: "http://login.example.com" };
  expect(() => withSettings(open)).toThrow(
    /OIDC_ISSUER: must begin with https/,
  );
});

test("every provider is asked with a state and a verifier, and the OpenID ones with a nonce", () => {
  const all = withSettings({ ...set.google, ...set.github, ...set.oidc });
  const asked = externalProviders(all).map(({ id, wellKnown, ...provider }) => [
    id,
    wellKnown ?? "",
    provider.options?.checks ?? provider.checks,
  ]);
  const wellKnown = "/.well-known/openid-configuration";
  expect(asked).toEqual([
    [
      "oidc",
      `https://login.example.com${wellKnown}`,
      ["pkce", "state", "nonce"],
    ],
    [
      "google",
      `https://accounts.google.com${wellKnown}`,
      ["pkce", "state", "nonce"],
    ],
    ["github", "", ["pkce", "state"]],
  ]);
});

describe("GitHub", () => {
  const primary = { email: "ada@example.com", primary: true, verified: true };
  const second = { email: "b@example.com", primary: false, verified: true };
  let url: string;
  let close: () => Promise<void>;
  let emails: object[] = [];
  beforeAll(async () => {
    const server = createServer((request, response) => {
      const isKnown = request.headers.authorization === "Bearer right";
      const body: Record<string, unknown> = {
        "/user": { id: 42, login: "ada", email: "shown@example.com" },
        "/user/emails": emails,
      };
      response
        .writeHead(isKnown ? 200 : 401, { "content-type": "application/json" })
        .end(JSON.stringify(isKnown ? body[request.url ?? ""] : {}));
    });
    ({ url, close } = await onLoopback(server));
  });
  afterAll(() => close());

  async function personOf(access_token: string) {
    const { options } = github({ clientId: "h", clientSecret: "s" }, url);
    const userinfo = options?.userinfo;
    if (typeof userinfo !== "object" || !userinfo.request || !options?.profile)
      throw new Error("no way to ask");
    const tokens = { access_token };
    // Safe: it asks by itself, with the token alone.
    const given = { tokens } as Parameters<typeof userinfo.request>[0];
    const profile = await userinfo.request(given);
    // Safe: what the one gives is what the other takes.
    return options.profile(profile as never, tokens);
  }

  test("tells of a person by id, and of the primary address when it is verified", async () => {
    emails = [second, primary];
    expect(await personOf("right")).toEqual({ id: "42", email: primary.email });
    emails = [second, { ...primary, verified: false }];
    expect(await personOf("right")).toEqual({ id: "42", email: null });
  });

  test("that refuses is nobody's word", async () => {
    await expect(personOf("wrong")).rejects.toThrow("GitHub answers 401");
  });
});

test("a provider's word waits ten minutes for the code, and opens nothing by itself", async () => {
  const secret = derivedKey("session-cookie").toString("hex");
  const identity = { provider: "oidc", subject: "x", verifiedEmail: null };
  const sealed = (until: number, by = secret) =>
    encode({ token: { half: { identity, until } }, secret: by });
  const fresh = await sealed(Date.now() + 1_000);
  expect(await halfSignedIn(fresh)).toEqual(identity);
  expect(await sessionIdOf(fresh)).toBeNull();
  expect(await halfSignedIn(await sealed(Date.now() - 1))).toBeNull();
  const forged = await sealed(Date.now() + 1_000, "another secret");
  expect(await halfSignedIn(forged)).toBeNull();
  expect(await halfSignedIn(undefined)).toBeNull();
});

describe("a linked sign-in", () => {
  const { person, login, userId } = accounts(database);
  const link = async (id: string, provider = "google", subject = id) =>
    database.query("INSERT INTO external_logins VALUES ($1, $2, $3, now())", [
      provider,
      subject,
      toUuid(id),
    ]);

  async function someone() {
    const email = await person();
    const { body } = await login(email);
    return { id: await userId(email), headers: bearer(body.access_token) };
  }
  const list = async (headers: Record<string, string>) =>
    (await callRoute("externalLogins.list", { headers })).body.items;
  const unlink = (headers: Record<string, string>, provider: string) =>
    callRoute("externalLogins.unlink", { headers, params: { provider } });

  test("is shown to its person, and unlinked by its person alone", async () => {
    const [ada, bob] = [await someone(), await someone()];
    await link(ada.id);
    await link(ada.id, "github");
    expect(await list(ada.headers)).toMatchObject([
      { provider: "google" },
      { provider: "github" },
    ]);
    expect(await list(bob.headers)).toEqual([]);
    expect((await unlink(bob.headers, "google")).status).toBe(404);
    expect((await unlink(ada.headers, "google")).status).toBe(200);
    expect((await unlink(ada.headers, "google")).status).toBe(404);
    expect(await list(ada.headers)).toMatchObject([{ provider: "github" }]);
    const told = await database.query(
      "SELECT before FROM audit_log WHERE action = 'external_login.unlinked' AND target_id = $1",
      [toUuid(ada.id)],
    );
    expect(told).toEqual([{ before: { provider: "google" } }]);
  });

  test("stays where it is the only way in", async () => {
    const { id, headers } = await someone();
    await link(id);
    await database.query(
      "UPDATE users SET password_hash = NULL WHERE id = $1",
      [toUuid(id)],
    );
    const refused = await unlink(headers, "google");
    expect([refused.status, refused.body.code]).toEqual([409, "CONFLICT"]);
    expect(await list(headers)).toHaveLength(1);
  });

  test("is told of by mail and in the app when it is made", async () => {
    const { id, headers } = await someone();
    const payload = { user_id: id, provider: "github" };
    await transaction(w.ctx, (tx) =>
      emit(tx, { name: "external_login.linked", payload }),
    );
    await runJobs(database);
    const { body } = await callRoute("notifications.list", { headers });
    expect(body.items[0]).toMatchObject({
      event: "external_login.linked",
      title: "GitHub signs in to your account now",
    });
    const mails = await database.query(
      "SELECT 1 FROM mails WHERE subject = 'GitHub signs in to your account now'",
    );
    expect(mails).toHaveLength(1);
  });
});

test("the settings page says which are on", async () => {
  const { listIntegrations } = await import("@/modules/settings");
  const states = async () =>
    Object.fromEntries(
      (await listIntegrations(w.ctx)).map(({ name, state }) => [name, state]),
    );
  expect(await states()).toMatchObject({
    "Single sign-on (OIDC)": "off",
    "Sign in with Google": "off",
    "Sign in with GitHub": "off",
  });
  Object.assign(env(), set.google);
  expect(await states()).toMatchObject({ "Sign in with Google": "on" });
  expect(externalOptions()).toEqual([{ id: "google", name: "Google" }]);
  Object.assign(env(), {
    GOOGLE_CLIENT_ID: undefined,
    GOOGLE_CLIENT_SECRET: undefined,
  });
});
