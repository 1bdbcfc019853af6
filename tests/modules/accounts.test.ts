import { callRoute } from "../support/app";
import { accounts, address, bearer, password } from "../support/accounts";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();
const {
  person,
  register,
  verify,
  login,
  profile,
  post,
  linkFor,
  userId,
  customerOf,
  membersOf,
  events,
} = accounts(database);

let w: World;
beforeAll(async () => {
  w = await world();
});

describe("registering", () => {
  test("makes a pending customer that the mailed link makes active, with an owner", async () => {
    const email = address();
    const answer = await register(email, { company_name: "Compilers" });
    expect(answer.status).toBe(202);
    expect((await login(email)).body.code).toBe("EMAIL_NOT_VERIFIED");
    expect(await customerOf(email)).toMatchObject({ status: "pending" });

    const token = await linkFor(email, "verify_email");
    const verified = await post("auth/verify-email", { token });
    expect(verified.body).toEqual({ done: true, email });
    expect(await customerOf(email)).toMatchObject({ status: "active" });
    const { body } = await login(email);
    expect(body.user).toMatchObject({
      email,
      email_verified: true,
      customer: { role: "owner" },
    });
  });

  test("takes a name in two parts, or by another word for it, and needs one", async () => {
    const named = async (given: object) => {
      const email = address();
      const body = { email, password, ...given };
      const { status } = await post("auth/register", body);
      const [user] = await database.query(
        "SELECT full_name FROM users WHERE email = $1",
        [email],
      );
      return [status, user?.["full_name"]];
    };
    const parts = { first_name: "John", last_name: "Doe" };
    expect(await named(parts)).toEqual([202, "John Doe"]);
    expect(await named({ name: "Jane Roe" })).toEqual([202, "Jane Roe"]);
    const none = await post("auth/register", { email: address(), password });
    expect(none.body.details.fields).toEqual([
      { field: "body.full_name", message: "is required" },
    ]);
  });

  test("says the same for an address that is known, and changes nothing of it", async () => {
    const email = address();
    const first = await register(email);
    const again = await register(email, { password: "another long sentence" });
    expect(again.status).toBe(first.status);
    expect(again.body).toEqual(first.body);
    await verify(email);
    expect((await login(email)).status).toBe(200);
    expect((await login(email, "another long sentence")).status).toBe(401);
    const mails = await events("user.registration_repeated");
    expect(mails).toContainEqual({ user_id: await userId(email) });
  });

  test("gives a customer whom staff had added its owner, once the address is verified", async () => {
    const email = address();
    const { id } = await w.customer({ email });
    await register(email);
    expect(await membersOf(id)).toBe(0);
    await verify(email);
    expect(await membersOf(id)).toBe(1);
  });

  test("does not let a stranger's registration take over a customer that staff holds as pending", async () => {
    const email = address();
    const { id } = await w.customer({ email, status: "pending" });
    await register(email);
    await verify(email);
    expect(await customerOf(email)).toMatchObject({ status: "pending" });
    expect(await membersOf(id)).toBe(1);
  });

  test("refuses a weak password by name, and stores none", async () => {
    const answer = await register(address(), { password: "passwordpassword" });
    expect(answer.status).toBe(400);
    expect(answer.body.details.fields[0].field).toBe("body.password");
  });
});

describe("passwords", () => {
  test("a change ends every other session, and the old password", async () => {
    const email = await person();
    const [here, there] = [await login(email), await login(email)];
    const send = (body: object) =>
      callRoute("accounts.changePassword", {
        headers: bearer(here.body.access_token),
        body,
      });
    const wrong = await send({
      current_password: "x",
      new_password: "another long sentence",
    });
    expect(wrong.body.details.fields[0].field).toBe("body.current_password");
    const changed = await send({
      current_password: password,
      new_password: "another long sentence",
    });
    expect(changed.body).toEqual({ done: true });
    expect((await profile(here.body.access_token)).status).toBe(200);
    expect((await profile(there.body.access_token)).status).toBe(401);
    expect((await login(email)).status).toBe(401);
    expect((await login(email, "another long sentence")).status).toBe(200);
  });

  test("a mailed link sets one once, and ends every session", async () => {
    const email = await person();
    const { body: tokens } = await login(email);
    const known = await post("auth/forgot-password", { email });
    const unknown = await post("auth/forgot-password", { email: address() });
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);

    const older = await linkFor(email, "reset_password");
    const token = await linkFor(email, "reset_password");
    const reset = (given: string) =>
      post("auth/reset-password", {
        token: given,
        password: "yet another sentence",
      });
    const twice = await Promise.all([reset(token), reset(token)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await reset(older)).status).toBe(410);
    expect((await profile(tokens.access_token)).status).toBe(401);
    expect((await login(email, "yet another sentence")).status).toBe(200);
  });

  test("a link of one purpose is none of another, and a weak password leaves it usable", async () => {
    const email = await person();
    const token = await linkFor(email, "reset_password");
    expect((await post("auth/verify-email", { token })).status).toBe(410);
    const weak = await post("auth/reset-password", {
      token,
      password: "aaaaaaaaaaaa",
    });
    expect(weak.status).toBe(400);
    const strong = await post("auth/reset-password", {
      token,
      password: "yet another sentence",
    });
    expect(strong.status).toBe(200);
  });

  test("one that somebody else chose must be changed before anything else", async () => {
    const email = address();
    const { id } = await w.customer({ email });
    const made = await callRoute("customers.update", {
      params: { customer_id: id },
      headers: bearer(w.everything),
      body: { password },
    });
    expect(made.status).toBe(200);
    const { body: tokens } = await login(email);
    expect(tokens.user.must_change_password).toBe(true);
    const headers = bearer(tokens.access_token);
    const keys = await callRoute("keys.list", { headers });
    expect(keys.body.code).toBe("PASSWORD_CHANGE_REQUIRED");
    await callRoute("accounts.changePassword", {
      headers,
      body: {
        current_password: password,
        new_password: "another long sentence",
      },
    });
    expect((await callRoute("keys.list", { headers })).status).toBe(200);
  });
});

test("nothing that was typed or made is in the log, the outbox or the tables in the clear", async () => {
  const email = await person();
  const { body: tokens } = await login(email);
  const link = await linkFor(email, "reset_password");
  const everything = JSON.stringify([
    await database.query("SELECT * FROM audit_log"),
    await database.query("SELECT * FROM outbox"),
    await database.query("SELECT * FROM refresh_tokens"),
    await database.query("SELECT * FROM account_links"),
    await database.query("SELECT * FROM users"),
  ]);
  for (const secret of [
    password,
    tokens.refresh_token,
    tokens.access_token,
    link,
  ])
    expect(everything).not.toContain(secret);
});
