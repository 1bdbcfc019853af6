import { encode } from "next-auth/jwt";
import { createCustomer } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import {
  addStaffWithPassword,
  inviteStaff,
  issueServiceToken,
  issueSetupToken,
  signIn,
} from "@/modules/identity";
import { issueKey } from "@/modules/keys";
import { sessionCookie } from "@/http/session";
import type { Ctx } from "@/platform/context";
import { systemCtx } from "@/platform/jobs";
import { derivedKey } from "@/platform/secret";
import type { Endpoint } from "@/shared/endpoint";
import { newId, randomText, type IdPrefix } from "@/shared/ids";
import {
  permissions,
  type Permission,
  type StaffRole,
} from "@/shared/permissions";
import { prisma } from "@/platform/db";

const prefixes: Record<string, IdPrefix> = {
  customer_id: "cus",
  key_id: "key",
  token_id: "stk",
  user_id: "usr",
  invitation_id: "inv",
};

export type World = Awaited<ReturnType<typeof world>>;

/** People, tokens and things for tests; made through the app's own verbs. */
export async function world() {
  const ctx = systemCtx("test");
  const everything = await token(ctx, [...permissions]);
  return {
    ctx,
    /** a service token that holds every permission */
    everything,
    origin: "http://localhost:3000",
    token: (scopes: Permission[]) => token(ctx, scopes),
    customer: (input: Partial<Parameters<typeof createCustomer>[1]> = {}) =>
      customer(ctx, input),
    staffCookie: (role: StaffRole = "owner") => staffCookie(ctx, role),
    customerCookie: async () => {
      const password = randomText(20);
      const { email } = await customer(ctx, { password });
      return cookie(ctx, email, password);
    },
    /** ids for an endpoint's path, of fresh things */
    params: (endpoint: Endpoint) => params(ctx, endpoint),
    /** a well-formed id that nobody has */
    absent: (endpoint: Endpoint) => {
      const [, name = ""] = /\{(\w+)\}/.exec(endpoint.path) ?? [];
      return newId(prefixes[name] ?? "cus");
    },
    /** a body that the endpoint accepts now */
    body: (endpoint: Endpoint) => body(ctx, endpoint),
    auditCount: () => prisma().auditEntry.count(),
  };
}

async function token(ctx: Ctx, scopes: Permission[]): Promise<string> {
  return (await issueServiceToken(ctx, { name: "test", scopes })).token;
}

/** A customer with a random address. */
export function customer(
  ctx: Ctx,
  input: Partial<Parameters<typeof createCustomer>[1]> = {},
): Promise<Customer> {
  const email = address();
  return createCustomer(ctx, { email, full_name: "Test Customer", ...input });
}

/** A cookie header of a freshly signed-in member of staff. */
export async function staffCookie(ctx: Ctx, role: StaffRole): Promise<string> {
  const email = address();
  const password = randomText(20);
  await addStaffWithPassword(ctx, { email, full_name: role, role, password });
  return cookie(ctx, email, password);
}

/** A cookie header of a new session. */
export async function cookie(ctx: Ctx, email: string, password: string) {
  const session = await signIn(ctx, { email, password, userAgent: "jest" });
  if (!session) throw new Error(`${email} could not sign in`);
  const secret = derivedKey("session-cookie").toString("hex");
  const sealed = await encode({ token: { sid: session.sessionId }, secret });
  return `${sessionCookie()}=${sealed}`;
}

async function params(
  ctx: Ctx,
  endpoint: Endpoint,
): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const [, name = ""] of endpoint.path.matchAll(/\{(\w+)\}/g))
    made[name] = await thing(ctx, name);
  return made;
}

async function thing(ctx: Ctx, name: string): Promise<string> {
  switch (name) {
    case "customer_id":
      return (await customer(ctx)).id;
    case "key_id":
      return (await key(ctx)).id;
    case "token_id":
      return (
        await issueServiceToken(ctx, { name: "gone", scopes: ["usage:read"] })
      ).id;
    case "user_id":
      return addStaff(ctx, "viewer");
    case "invitation_id":
      return (await inviteStaff(ctx, { email: address(), role: "viewer" })).id;
    default:
      throw new Error(`Say in tests/support/world.ts how to make a ${name}`);
  }
}

function addStaff(ctx: Ctx, role: StaffRole): Promise<string> {
  const password = randomText(20);
  const person = { email: address(), full_name: role, role, password };
  return addStaffWithPassword(ctx, person);
}

function address(): string {
  return `${randomText(12).toLowerCase()}@example.com`;
}

async function key(ctx: Ctx) {
  return issueKey(ctx, { customer_id: (await customer(ctx)).id });
}

async function body(ctx: Ctx, endpoint: Endpoint): Promise<unknown> {
  const example = structuredClone(endpoint.example ?? {}) as Record<
    string,
    unknown
  >; // Safe: examples are objects.
  if ("customer_id" in example)
    example["customer_id"] = (await customer(ctx)).id;
  if ("key" in example) example["key"] = (await key(ctx)).key;
  if ("email" in example) example["email"] = address();
  if (endpoint.id === "identity.setUp")
    example["token"] = await issueSetupToken(ctx);
  return endpoint.body ? example : undefined;
}
