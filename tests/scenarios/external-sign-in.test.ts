import { generate } from "otplib";
import { inviteStaff } from "@/modules/identity";
import { randomText } from "@/shared/ids";
import { address } from "../support/accounts";
import { CookieBrowser } from "../support/cookie-browser";
import { useDatabase } from "../support/database";
import { password, useExternalSignIn } from "../support/external-sign-in";

const database = useDatabase();
jest.setTimeout(180_000);

const x = useExternalSignIn(database);

describe("somebody whom the provider knows", () => {
  test("is signed in by a verified address, which links the account for good", async () => {
    const { email } = await x.staff();
    const sub = randomText(10);
    const first = await x.signIn({ sub, email, email_verified: true });
    expect(first.place).toBe(`${x.app.url}/customers`);
    expect(await x.whoIs(first.browser)).toBe(email);
    expect(await x.linked(email)).toEqual([{ provider: "oidc", subject: sub }]);
    expect(await audited(email)).toEqual(
      expect.arrayContaining(["external_login.linked", "session.opened"]),
    );
    const [event] = await database.query(
      "SELECT payload->>'provider' AS provider FROM outbox WHERE name = 'external_login.linked' ORDER BY id DESC LIMIT 1",
    );
    expect(event).toEqual({ provider: "oidc" });

    // From now on the id counts there, whatever becomes of the address.
    const again = await x.signIn({ sub, email: "new@elsewhere.example" });
    expect(await x.whoIs(again.browser)).toBe(email);
    expect(await x.linked(email)).toHaveLength(1);
  });

  test("is a customer's person as well as a member of staff, and told by userinfo as well", async () => {
    x.oidc.isTerse = true;
    const email = address();
    await x.world.customer({ email, password });
    await database.query(
      "UPDATE users SET must_change_password = true WHERE email = $1",
      [email],
    );
    const { browser, place } = await x.signIn({
      sub: randomText(10),
      email,
      email_verified: "true",
    });
    // What must be done first after any sign-in must be after this one.
    expect(place).toBe(`${x.app.url}/choose-password`);
    expect(await x.whoIs(browser)).toBe(email);
  });

  test.each([
    ["does not say that it verified the address", {}, "EXTERNAL_UNVERIFIED"],
    [
      "says that it did not verify the address",
      { email_verified: false },
      "EXTERNAL_UNVERIFIED",
    ],
  ])("who %s is refused", async (_, said, code) => {
    const { email } = await x.staff();
    const { place, browser } = await x.signIn({
      sub: randomText(9),
      email,
      ...said,
    });
    expect(place).toBe(`${x.app.url}/sign-in?error=${code}`);
    expect(await x.whoIs(browser)).toBeNull();
    expect(await x.linked(email)).toEqual([]);
  });

  test("is refused without an account, and one who is invited is sent to the link", async () => {
    const email = address();
    const person = { sub: randomText(9), email, email_verified: true };
    const unknown = await x.signIn(person);
    expect(unknown.place).toContain("error=EXTERNAL_UNKNOWN");
    expect(await x.whoIs(unknown.browser)).toBeNull();
    expect(await x.pageText(unknown)).toContain("Members of staff are invited");
    await inviteStaff(x.world.ctx, { email, role: "viewer" });
    expect((await x.signIn(person)).place).toContain("error=EXTERNAL_INVITED");
    const [open] = await database.query(
      "SELECT accepted_at, revoked_at FROM invitations WHERE email = $1",
      [email],
    );
    expect(open).toEqual({ accepted_at: null, revoked_at: null });
    const people = "SELECT 1 FROM users WHERE email = $1";
    expect(await database.query(people, [email])).toEqual([]);
  });

  test("is refused once deactivated, linked or not", async () => {
    const { email } = await x.staff();
    const person = { sub: randomText(9), email, email_verified: true };
    const before = await x.signIn(person);
    await database.query(
      "UPDATE users SET disabled_at = now() WHERE email = $1",
      [email],
    );
    expect(await x.whoIs(before.browser)).toBeNull();
    for (const one of [person, { ...person, sub: randomText(9) }])
      expect((await x.signIn(one)).place).toContain("error=EXTERNAL_DISABLED");
  });

  test("is refused while the address is unverified here: somebody else may have registered it", async () => {
    const { email } = await x.staff();
    await database.query(
      "UPDATE users SET email_verified_at = NULL WHERE email = $1",
      [email],
    );
    const person = { sub: randomText(9), email, email_verified: true };
    expect((await x.signIn(person)).place).toContain(
      "error=EMAIL_NOT_VERIFIED",
    );
    expect(await x.linked(email)).toEqual([]);
  });

  test("gives a code too where two-factor is on, and is nobody until then", async () => {
    const { email } = await x.staff();
    const secret = await x.turnOnTwoFactor(email);
    const person = { sub: randomText(9), email, email_verified: true };
    const { browser, place } = await x.signIn(person);
    expect(place).toBe(`${x.app.url}/sign-in?next=%2Fcustomers`);
    expect(await x.whoIs(browser)).toBeNull();
    expect(await x.linked(email)).toEqual([]);
    expect(await x.pageText({ browser, place })).toContain("One more step");
    const give = (code: string) =>
      browser.post("/api/auth/callback/second-factor", { code });
    expect((await give("000000")).url).toContain("error=CredentialsSignin");
    expect(await x.whoIs(browser)).toBeNull();
    expect((await give(await generate({ secret }))).status).toBe(200);
    expect(await x.whoIs(browser)).toBe(email);
    expect(await x.linked(email)).toHaveLength(1);
    const stranger = new CookieBrowser(x.app.url);
    const code = await generate({ secret });
    const late = await stranger.post("/api/auth/callback/second-factor", {
      code,
    });
    expect(late.url).toContain("error=EXTERNAL_LATE");
  });
});

async function audited(email: string): Promise<unknown[]> {
  const rows = await database.query(
    `SELECT action FROM audit_log WHERE target_id = (SELECT id FROM users WHERE email = $1)
       OR actor_id = (SELECT id FROM users WHERE email = $1)`,
    [email],
  );
  return rows.map(({ action }) => action);
}
