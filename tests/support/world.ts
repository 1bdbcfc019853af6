import { encode } from "next-auth/jwt";
import { createCustomer, invitePerson } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import {
  addCustomerUser,
  addStaffWithPassword,
  inviteStaff,
  issueServiceToken,
  issueSetupToken,
  logIn,
  signIn,
} from "@/modules/identity";
import { issueKey } from "@/modules/keys";
import { sessionCookie } from "@/http/session";
import type { Ctx } from "@/platform/context";
import { systemCtx } from "@/platform/jobs";
import { derivedKey } from "@/platform/secret";
import type { Endpoint } from "@/shared/endpoint";
import { newId, randomText } from "@/shared/ids";
import {
  permissions,
  type CustomerRole,
  type Permission,
  type StaffRole,
} from "@/shared/permissions";
import { prisma } from "@/platform/db";
import { transaction } from "@/platform/db/transaction";
import {
  draft,
  inDays,
  meter,
  notification,
  plan,
  price,
  reservation,
} from "./things";
import { address } from "./random";
import { isOfLicenses, license, licenseThing } from "./licenses";
import { supportBody } from "./support";
import { absentWords, prefixes } from "./id-prefixes";
import { isOfTenants, readyForTenant, tenantThing } from "./tenants";
import { reachedThreshold } from "./alerts";
import { closingFor } from "./closing";
import { billingThing } from "./billing";
import { freshBodies, customerThings } from "./customer-things";
import { endAll, scheduledChange } from "./subscriptions";

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
    /** a member of staff, an owner unless said */
    staff: async (person: {
      email: string;
      password: string;
      role?: StaffRole;
    }) => {
      const named = { role: "owner", full_name: "Test Staff" } as const;
      const added = { ...named, ...person };
      await addStaffWithPassword(ctx, added);
      return { email: person.email, name: added.full_name };
    },
    staffCookie: (role: StaffRole = "owner") => staffCookie(ctx, role),
    customerCookie: async () => (await person(ctx, "owner")).cookie,
    /** somebody of a customer, signed in; of a new customer when none is given */
    person: (role: CustomerRole, customerId?: string) =>
      person(ctx, role, customerId),
    /** ids for an endpoint's path, of fresh things; of the customer, when one is given */
    params: (endpoint: Endpoint, customerId?: string) =>
      params(ctx, endpoint, customerId),
    /** well-formed ids for an endpoint's path that nobody has */
    absent: (endpoint: Endpoint): Record<string, string> =>
      Object.fromEntries(
        [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [
          name,
          absentWords[name] ?? newId(prefixes[name] ?? "cus"),
        ]),
      ),
    /** a body that the endpoint accepts now */
    body: (endpoint: Endpoint, customerId?: string) =>
      body(ctx, endpoint, customerId),
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
  const [email, password] = [address(), randomText(20)];
  await addStaffWithPassword(ctx, { email, full_name: role, role, password });
  return cookie(ctx, email, password);
}

/** A person of a customer, and a cookie header of theirs. */
async function person(ctx: Ctx, role: CustomerRole, customerId?: string) {
  const id = customerId ?? (await customer(ctx)).id;
  const email = `${randomText(12).toLowerCase()}@example.com`;
  const password = randomText(20);
  const who = { customerId: id, email, full_name: role, role, password };
  await transaction(ctx, (tx) => addCustomerUser(tx, who));
  // As if the person had chosen the password.
  await prisma().user.update({
    where: { email },
    data: { must_change_password: false },
  });
  return { cookie: await cookie(ctx, email, password), customerId: id };
}

/** A cookie header of a new session. */
export async function cookie(ctx: Ctx, email: string, password: string) {
  const session = await signIn(ctx, { email, password });
  if (!session) throw new Error(`${email} could not sign in`);
  const secret = derivedKey("session-cookie").toString("hex");
  const sealed = await encode({ token: { sid: session.sessionId }, secret });
  return `${sessionCookie()}=${sealed}`;
}

async function params(
  ctx: Ctx,
  endpoint: Endpoint,
  customerId?: string,
): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (const [, name = ""] of endpoint.path.matchAll(/\{(\w+)\}/g))
    made[name] = await placed(ctx, name, endpoint, made, customerId);
  return made;
}

/** A thing of what the path names before it. */
function placed(
  ctx: Ctx,
  name: string,
  endpoint: Endpoint,
  made: Record<string, string>,
  customerId?: string,
): Promise<string> {
  if (name === "version_id") return draft(ctx, made["plan_id"]);
  if (name === "change_id") return scheduledChange(ctx, made);
  const found = customerThings[name];
  if (found) return found(ctx, made["customer_id"]);
  const owner = customerId !== undefined && { customer_id: customerId };
  const before = { ...owner, ...made };
  if (isOfTenants(name)) return tenantThing(ctx, name, endpoint, before);
  if (isOfLicenses(name)) return licenseThing(ctx, name, endpoint, before);
  return thing(ctx, name, made["customer_id"], customerId, endpoint);
}

async function thing(
  ctx: Ctx,
  name: string,
  /** the customer that the path names before */
  placed?: string,
  customerId = placed,
  endpoint?: Endpoint,
): Promise<string> {
  const is_test = endpoint?.path.endsWith("/clock") ?? false;
  const ofCustomer = async () =>
    (is_test ? null : customerId) ?? (await customer(ctx, { is_test })).id;
  switch (name) {
    case "user_id":
      return placed ? member(ctx, placed) : addStaff(ctx, "viewer");
    case "invitation_id":
      return invitation(ctx, placed);
    case "session_id":
      return (await session(ctx)).sessionId;
    case "customer_id":
      return closingFor(ctx, endpoint, ofCustomer);
    case "key_id":
      return (await key(ctx, customerId)).id;
    case "token_id":
      return (
        await issueServiceToken(ctx, { name: "gone", scopes: ["usage:read"] })
      ).id;
    case "provider":
      return "google";
    case "notification_id":
      return notification(
        (await customer(ctx, { password: randomText(20) })).id,
      );
    case "alert_id":
      return reachedThreshold(await ofCustomer());
    case "price_id":
      return (await price(ctx)).id;
    case "meter_id":
      return (await meter(ctx)).id;
    case "plan_id":
      return (await plan(ctx)).id;
    case "reservation_id":
      return reservation(ctx, await ofCustomer());
    default:
      return billingThing(ctx, name, ofCustomer, endpoint);
  }
}

/** A person of a customer who is not its last owner. */
async function member(ctx: Ctx, customerId: string): Promise<string> {
  const person = { full_name: "Test Member", password: randomText(20) };
  return transaction(ctx, (tx) =>
    addCustomerUser(tx, {
      ...person,
      customerId,
      email: address(),
      role: "member",
    }),
  );
}

function addStaff(ctx: Ctx, role: StaffRole): Promise<string> {
  const password = randomText(20);
  const person = { email: address(), full_name: role, role, password };
  return addStaffWithPassword(ctx, person);
}

async function invitation(ctx: Ctx, customerId?: string): Promise<string> {
  const email = address();
  const made = customerId
    ? invitePerson(ctx, customerId, { email, role: "member" })
    : inviteStaff(ctx, { email, role: "viewer" });
  return (await made).id;
}

async function session(ctx: Ctx) {
  const [email, password] = [address(), randomText(20)];
  await customer(ctx, { email, password });
  const opened = await signIn(ctx, { email, password });
  if (!opened) throw new Error(`${email} could not sign in`);
  return opened;
}

async function key(ctx: Ctx, customerId?: string) {
  const customer_id = customerId ?? (await customer(ctx)).id;
  return issueKey(ctx, { customer_id });
}

async function body(
  ctx: Ctx,
  endpoint: Endpoint,
  customerId?: string,
): Promise<unknown> {
  if (endpoint.isUpload) return "A file";
  const example: Record<string, unknown> = Object.assign({}, endpoint.example);
  Object.assign(example, await supportBody(ctx, endpoint, customerId));
  if (endpoint.id === "usage.rerate")
    Object.assign(example, { from: inDays(-1), to: inDays(0) });
  // Years would be renewed one by one.
  if (endpoint.path.endsWith("/clock")) example["to"] = inDays(1);
  if ("customer_id" in example)
    example["customer_id"] = customerId ?? (await customer(ctx)).id;
  if (endpoint.id.startsWith("licenses.") && "key" in example)
    example["key"] = (await license(ctx, customerId)).key;
  else if ("key" in example) example["key"] = (await key(ctx, customerId)).key;
  if ("email" in example) example["email"] = address();
  if (endpoint.id === "coupons.create") example["code"] = randomText(12);
  Object.assign(example, freshBodies[endpoint.id]?.());
  const word = `w_${randomText(12).toLowerCase()}`;
  if ("subdomain" in example) await readyForTenant(ctx, example);
  if (endpoint.id === "meters.create") example["name"] = word;
  if (endpoint.id === "plans.create") example["code"] = word;
  if ("plan_version_id" in example)
    example["plan_version_id"] = (await plan(ctx)).version.id;
  if (endpoint.id === "ownSubscriptions.subscribe" && customerId)
    await endAll(ctx, customerId);
  if (endpoint.id === "accounts.login") return credentials(ctx);
  if (endpoint.id === "accounts.refresh") {
    const { refresh_token } = await logIn(ctx, await credentials(ctx));
    return { refresh_token };
  }
  if (endpoint.id === "identity.setUp")
    example["token"] = (await issueSetupToken(ctx)) ?? "su_used";
  return endpoint.body ? example : undefined;
}

async function credentials(ctx: Ctx) {
  const given = { email: address(), password: randomText(20) };
  const person = { full_name: "Vi Ewer", role: "viewer" } as const;
  await addStaffWithPassword(ctx, { ...given, ...person });
  return given;
}
