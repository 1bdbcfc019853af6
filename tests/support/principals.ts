import { decode } from "next-auth/jwt";
import {
  issueServiceToken,
  revokeServiceToken,
  signOut,
} from "@/modules/identity";
import { derivedKey } from "@/platform/secret";
import type { Endpoint } from "@/shared/endpoint";
import { toUuid } from "@/shared/ids";
import {
  customerPermissions,
  customerRoles,
  permissions,
  staffPermissions,
  staffRoles,
  type Permission,
} from "@/shared/permissions";
import type { TestDatabase } from "./database";
import type { World } from "./world";

/** Who asks, as the table of permissions knows them. */
export type Principal = {
  name: string;
  kind: "nobody" | "staff" | "customer" | "service";
  holds: ReadonlySet<Permission>;
  /** the headers that say who it is; a token's scopes may follow the endpoint */
  headers(endpoint: Endpoint): Promise<Record<string, string>>;
  /** the customer it belongs to */
  customerId?: string;
  /** asks for things of another customer */
  isForeign?: boolean;
};

/** Whether a call may end the session that it is made with, or make it act for somebody else. */
function changesSession({ path }: Endpoint): boolean {
  return path.startsWith("/v1/auth/") || path.endsWith("/view-as");
}

const nothing: ReadonlySet<Permission> = new Set();

/** Every kind of caller there is: nobody, customers' people, staff, tokens, and ended ones. */
export async function principals(
  w: World,
  database: TestDatabase,
): Promise<{ all: Principal[]; customerA: string }> {
  const customerA = (await w.customer()).id;
  const all = [
    nobody("nobody", {}),
    ...(await Promise.all(
      customerRoles.map((role) => member(w, role, customerA)),
    )),
    {
      ...(await member(w, "owner", (await w.customer()).id)),
      name: "another customer's owner",
      isForeign: true,
    },
    ...(await Promise.all(staffRoles.map((role) => staff(w, role)))),
    ...tokens(w),
    ...(await ended(w, database)),
  ];
  return { all, customerA };
}

/** Headers of somebody who may call the endpoint; a person has a session of their own. */
export async function headersFor(
  w: World,
  { audience }: Endpoint,
): Promise<Record<string, string>> {
  if (audience.includes("service") || audience.includes("public"))
    return { authorization: `Bearer ${w.everything}` };
  const cookie = audience.includes("staff")
    ? await w.staffCookie()
    : await w.customerCookie();
  return { cookie, origin: w.origin };
}

function nobody(name: string, headers: Record<string, string>): Principal {
  return { name, kind: "nobody", holds: nothing, headers: async () => headers };
}

async function member(
  w: World,
  role: (typeof customerRoles)[number],
  customerId: string,
): Promise<Principal> {
  const { cookie } = await w.person(role, customerId);
  const fresh = async () => (await w.person(role, customerId)).cookie;
  return {
    name: `a customer's ${role}`,
    kind: "customer",
    holds: customerPermissions[role],
    headers: async (endpoint) => ({
      cookie: changesSession(endpoint) ? await fresh() : cookie,
      origin: w.origin,
    }),
    customerId,
  };
}

async function staff(
  w: World,
  role: (typeof staffRoles)[number],
): Promise<Principal> {
  const cookie = await w.staffCookie(role);
  return {
    name: `staff: ${role}`,
    kind: "staff",
    holds: staffPermissions[role],
    headers: async (endpoint) => ({
      cookie: changesSession(endpoint) ? await w.staffCookie(role) : cookie,
      origin: w.origin,
    }),
  };
}

function tokens(w: World): Principal[] {
  const made = new Map<string, Promise<string>>();
  const bearing = async (scopes: Permission[]) => {
    const name = scopes.join();
    const token = made.get(name) ?? w.token(scopes);
    made.set(name, token);
    return { authorization: `Bearer ${await token}` };
  };
  return [
    {
      name: "a token with exactly the scope",
      kind: "service",
      holds: new Set(permissions),
      headers: ({ permission }) => bearing([permission ?? "usage:read"]),
    },
    {
      name: "a token with every other scope",
      kind: "service",
      holds: nothing,
      headers: ({ permission }) =>
        bearing(permissions.filter((name) => name !== permission)),
    },
  ];
}

/** Those that were somebody once. */
async function ended(w: World, database: TestDatabase): Promise<Principal[]> {
  const issue = () =>
    issueServiceToken(w.ctx, { name: "ended", scopes: [...permissions] });
  const [expired, revoked] = [await issue(), await issue()];
  await database.query(
    "UPDATE service_tokens SET expires_at = now() - interval '1 second' WHERE id = $1",
    [toUuid(expired.id)],
  );
  await revokeServiceToken(w.ctx, revoked.id);
  const cookie = await w.staffCookie("owner");
  const token = cookie.slice(cookie.indexOf("=") + 1);
  const secret = derivedKey("session-cookie").toString("hex");
  await signOut(w.ctx, String((await decode({ token, secret }))?.["sid"]));
  return [
    nobody("an expired token", { authorization: `Bearer ${expired.token}` }),
    nobody("a revoked token", { authorization: `Bearer ${revoked.token}` }),
    nobody("a session that was signed out", { cookie, origin: w.origin }),
  ];
}
