import { randomText } from "@/shared/ids";
import { address } from "../support/accounts";
import { CookieBrowser } from "../support/cookie-browser";
import { useDatabase } from "../support/database";
import { settingsOf, useExternalSignIn } from "../support/external-sign-in";
import { startServer } from "../support/server";

const database = useDatabase();
jest.setTimeout(180_000);

const x = useExternalSignIn(database);

describe("what is not the provider's word", () => {
  test("is refused: another's state, an answer twice, a forged token or subject", async () => {
    const { email } = await x.staff();
    x.oidc.person = { sub: randomText(9), email, email_verified: true };
    const browser = new CookieBrowser(x.app.url);
    const callback = await x.callbackOf(browser);
    const stranger = new CookieBrowser(x.app.url);
    expect(await stranger.follow(callback)).toContain("error=OAuthCallback");
    expect(await x.whoIs(stranger)).toBeNull();
    await browser.follow(callback);
    expect(await x.whoIs(browser)).toBe(email);
    expect(await browser.follow(callback)).not.toContain("/customers");
    for (const forged of ["signature", "nonce", "subject"] as const) {
      x.oidc.forges = forged;
      x.oidc.isTerse = true;
      const victim = await x.signIn(x.oidc.person);
      expect([forged, victim.place]).toEqual([
        forged,
        expect.stringContaining("error=OAuthCallback"),
      ]);
      expect(await x.whoIs(victim.browser)).toBeNull();
    }
  });

  test("is refused by the provider: a wrong verifier, redirect address, secret or used code", async () => {
    const code = () =>
      new URL(location, x.app.url).searchParams.get("code") ?? "";
    const redirect_uri = `${x.app.url}/api/auth/callback/oidc`;
    const basic = (secret: string) =>
      `Basic ${Buffer.from(`${x.oidc.client.id}:${secret}`).toString("base64")}`;
    const exchange = (more: object, secret = x.oidc.client.secret) =>
      fetch(`${x.oidc.issuer}/token`, {
        method: "POST",
        headers: { authorization: basic(secret) },
        body: new URLSearchParams({ code: code(), redirect_uri, ...more }),
      }).then(({ status }) => status);
    const asked = await x.authorization(new CookieBrowser(x.app.url));
    const elsewhere = new URL(asked);
    elsewhere.searchParams.set("redirect_uri", "https://evil.example/");
    expect((await fetch(elsewhere, { redirect: "manual" })).status).toBe(400);
    const granted = await fetch(asked, { redirect: "manual" });
    const location = granted.headers.get("location") ?? "";
    expect(await exchange({}, "wrong")).toBe(401);
    expect(await exchange({ code_verifier: "wrong" })).toBe(400);
    expect(await exchange({ code_verifier: "wrong" })).toBe(400);
    expect(x.oidc.refusals.slice(-3).join()).toMatch(
      /invalid_client.*code_verifier.*grant: code"/,
    );
  });

  test("ends at a page of ours, wherever it was asked to go", async () => {
    const { email } = await x.staff();
    const person = { sub: randomText(9), email, email_verified: true };
    for (const evil of [
      "https://evil.example/",
      "//evil.example",
      `${x.app.url}.evil.example/`,
      "/\\evil.example",
    ]) {
      const { place } = await x.signIn(person, evil);
      expect(new URL(place).origin).toBe(x.app.url);
    }
  });
});

describe("without its settings", () => {
  test("there is no button, and no way in", async () => {
    const plain = await startServer();
    try {
      const browser = new CookieBrowser(plain.url);
      const page = await (await browser.get("/sign-in")).text();
      expect(page).toContain("Password");
      expect(page).not.toContain("Continue with");
      const { url } = await browser.post("/api/auth/signin/oidc", {});
      expect(new URL(url).origin).toBe(plain.url);
      const back = await browser.get("/api/auth/callback/oidc?code=x&state=y");
      expect(back.status).toBe(400);
    } finally {
      await plain.stop();
    }
  });

  test("or with a wrong secret, nobody is signed in, and the log says why", async () => {
    const wrong = { ...settingsOf(x.oidc), OIDC_CLIENT_SECRET: "wrong" };
    const broken = await startServer({ ...wrong, LOG_LEVEL: "warn" });
    try {
      x.oidc.redirectUris.push(`${broken.url}/api/auth/callback/oidc`);
      x.oidc.person = { sub: "x", email: address(), email_verified: true };
      const browser = new CookieBrowser(broken.url);
      const place = await browser.follow(await x.authorization(browser));
      expect(place).toContain("error=OAuthCallback");
      expect(broken.output()).toContain("invalid_client");
    } finally {
      await broken.stop();
    }
  });
});
