import { generate } from "otplib";
import { callRoute } from "./app";
import { CookieBrowser } from "./cookie-browser";
import { address } from "./accounts";
import type { TestDatabase } from "./database";
import {
  startOidcServer,
  type OidcPerson,
  type OidcServer,
} from "./oidc-server";
import { startServer, type AppServer } from "./server";
import { world, type World } from "./world";

export const password = "a long sentence is best";

/** What has the app trust a provider. */
export const settingsOf = ({ issuer, client }: OidcServer) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: client.id,
  OIDC_CLIENT_SECRET: client.secret,
  OIDC_NAME: "Acme",
});

/** A provider, and the app as its client, for a test file; and people who sign in by it. */
export function useExternalSignIn(database: TestDatabase) {
  let oidc: OidcServer;
  let app: AppServer;
  let w: World;

  beforeAll(async () => {
    oidc = await startOidcServer();
    app = await startServer(settingsOf(oidc));
    oidc.redirectUris.push(`${app.url}/api/auth/callback/oidc`);
    w = await world();
  }, 300_000);
  afterAll(async () => {
    await app?.stop();
    await oidc?.stop();
  });
  afterEach(() => {
    oidc.forges = null;
    oidc.isTerse = false;
  });

  /** Presses the sign-in page's button. Answers the provider's address. */
  async function authorization(
    browser: CookieBrowser,
    callbackUrl = "/sign-in?next=%2Fcustomers",
  ): Promise<string> {
    return (await browser.post("/api/auth/signin/oidc", { callbackUrl })).url;
  }

  return {
    get oidc() {
      return oidc;
    },
    get app() {
      return app;
    },
    get world() {
      return w;
    },
    authorization,
    /** Signs in as a person does, to the address where one ends. */
    async signIn(person: OidcPerson, next?: string) {
      oidc.person = person;
      const browser = new CookieBrowser(app.url);
      const place = await browser.follow(await authorization(browser, next));
      return { browser, place };
    },
    /** The address with which the provider sends the browser back. */
    async callbackOf(browser: CookieBrowser): Promise<string> {
      const asked = await authorization(browser);
      const granted = await fetch(asked, { redirect: "manual" });
      return granted.headers.get("location") ?? "";
    },
    /** Whose session the browser holds; null for nobody's. */
    async whoIs(browser: CookieBrowser): Promise<string | null> {
      const answer = await browser.get("/api/v1/auth/profile");
      return answer.ok ? (await answer.json()).email : null;
    },
    async pageText(at: { browser: CookieBrowser; place: string }) {
      return (await at.browser.get(at.place)).text();
    },
    staff: () => w.staff({ email: address(), password }),
    /** As the account page does, with the code before this one. Answers the secret. */
    async turnOnTwoFactor(email: string): Promise<string> {
      const login = await callRoute("accounts.login", {
        body: { email, password },
      });
      const headers = { authorization: `Bearer ${login.body.access_token}` };
      const { body } = await callRoute("twoFactor.enroll", {
        headers,
        body: { password },
      });
      const { secret } = body;
      const code = await generate({ secret, epoch: Date.now() / 1000 - 30 });
      await callRoute("twoFactor.confirm", { headers, body: { code } });
      return secret;
    },
    linked: (email: string) =>
      database.query(
        `SELECT provider, subject FROM external_logins JOIN users ON users.id = user_id
         WHERE email = $1`,
        [email],
      ),
  };
}
