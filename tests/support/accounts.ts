import { makeAccountLink } from "@/modules/identity";
import { systemCtx } from "@/platform/jobs";
import { fromUuid, randomText, toUuid } from "@/shared/ids";
import { callRoute } from "./app";
import type { TestDatabase } from "./database";

export const password = "a long sentence is best";

/** Registering, signing in and following mailed links, as people do, for tests of accounts. */
export function accounts(database: TestDatabase) {
  async function person(): Promise<string> {
    const email = address();
    await register(email);
    await verify(email);
    return email;
  }

  function register(email: string, more: object = {}) {
    return post("auth/register", {
      email,
      password,
      full_name: "Grace Hopper",
      ...more,
    });
  }

  async function verify(email: string): Promise<void> {
    const token = await linkFor(email, "verify_email");
    expect((await post("auth/verify-email", { token })).status).toBe(200);
  }

  function login(email: string, given = password) {
    return post("auth/login", { email, password: given });
  }

  function refresh(token: string) {
    return post("auth/refresh", { refresh_token: token });
  }

  function profile(token: string) {
    return callRoute("accounts.profile", { headers: bearer(token) });
  }

  function post(path: string, body: object) {
    return callRoute(`POST /v1/${path}`, { body });
  }

  /** The token of a link, as the job that mails it makes it. */
  async function linkFor(
    email: string,
    purpose: "verify_email" | "reset_password",
  ): Promise<string> {
    const link = await makeAccountLink(systemCtx("test"), {
      userId: await userId(email),
      purpose,
    });
    return link?.token ?? "";
  }

  async function userId(email: string): Promise<string> {
    const [row] = await database.query(
      "SELECT id FROM users WHERE email = $1",
      [email],
    );
    return fromUuid("usr", row?.["id"] as string);
  }

  async function customerOf(email: string) {
    const [row] = await database.query(
      "SELECT status FROM customers WHERE email = $1",
      [email],
    );
    return row;
  }

  async function membersOf(id: string): Promise<number> {
    const rows = await database.query(
      "SELECT 1 FROM memberships WHERE customer_id = $1",
      [toUuid(id)],
    );
    return rows.length;
  }

  async function events(name: string): Promise<unknown[]> {
    const rows = await database.query(
      "SELECT payload FROM outbox WHERE name = $1",
      [name],
    );
    return rows.map((row) => row["payload"]);
  }

  return {
    person,
    register,
    verify,
    login,
    refresh,
    profile,
    post,
    linkFor,
    userId,
    customerOf,
    membersOf,
    events,
  };
}

/** An address that nobody has. */
export function address(): string {
  return `${randomText(12).toLowerCase()}@example.com`;
}

export function bearer(token: string) {
  return { authorization: `Bearer ${token}` };
}
