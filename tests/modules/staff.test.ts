import { actorOfCookie } from "@/http/authenticate";
import { changeStaff, inviteStaff } from "@/modules/identity";
import type { Actor } from "@/platform/context";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { StaffRole } from "@/shared/permissions";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
beforeAll(async () => void (w = await world()));

/** A person of the team, signed in. */
async function person(role: StaffRole) {
  const cookie = await w.staffCookie(role);
  const found = await actorOfCookie(cookie.slice(cookie.indexOf("=") + 1));
  if (found?.actor.kind !== "staff") throw new Error("nobody signed in");
  return {
    id: found.actor.userId,
    email: found.email,
    headers: { cookie, origin: w.origin },
  };
}
type Person = Awaited<ReturnType<typeof person>>;

const invite = (by: Person, body: object) =>
  callRoute("staff.invite", { headers: by.headers, body });
const update = (by: Person, user_id: string, body: object) =>
  callRoute("staff.update", { headers: by.headers, params: { user_id }, body });
const deactivate = (by: Person, user_id: string) =>
  callRoute("staff.deactivate", { headers: by.headers, params: { user_id } });
const list = async (by: Person) =>
  (await callRoute("staff.list", { headers: by.headers })).body;
const onInvitation = (call: string, by: Person, invitation_id: string) =>
  callRoute(call, { headers: by.headers, params: { invitation_id } });
const address = () => `${newId("usr").slice(4)}@example.com`;

describe("inviting", () => {
  test("makes an invitation, its event and its audit row, and no account", async () => {
    const owner = await person("owner");
    const email = address();
    const { status, body } = await invite(owner, {
      email: email.toUpperCase(),
      role: "support",
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      email,
      role: "support",
      status: "pending",
      invited_by: "owner",
    });
    const days = (Date.parse(body.expires_at) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
    expect((await list(owner)).invitations[0]).toEqual(body);
    const [counts] = await database.query(
      `SELECT (SELECT count(*)::int FROM users WHERE email = $1) AS users,
         (SELECT count(*)::int FROM outbox WHERE name = 'invitation.created' AND payload->>'invitation_id' = $2) AS events,
         (SELECT count(*)::int FROM audit_log WHERE action = 'invitation.created' AND target_id = $3) AS entries`,
      [email, body.id, toUuid(body.id)],
    );
    expect(counts).toEqual({ users: 0, events: 1, entries: 1 });
  });

  test("refuses who is staff, or invited, already, and says what to do", async () => {
    const owner = await person("owner");
    const viewer = await person("viewer");
    const known = await invite(owner, { email: viewer.email, role: "admin" });
    expect([known.status, known.body.code]).toEqual([409, "CONFLICT"]);
    await deactivate(owner, viewer.id);
    const gone = await invite(owner, { email: viewer.email, role: "admin" });
    expect(gone.body.error).toMatch(/Reactivate/);
    const email = address();
    const both = await Promise.all(
      [1, 2, 3].map(() => invite(owner, { email, role: "viewer" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  test("gives an address whose invitation ran out a new one", async () => {
    const owner = await person("owner");
    const email = address();
    const first = await invite(owner, { email, role: "viewer" });
    await database.query(
      "UPDATE invitations SET expires_at = now() - interval '1 s' WHERE email = $1",
      [email],
    );
    expect((await list(owner)).invitations[0].status).toBe("expired");
    const second = await invite(owner, { email, role: "viewer" });
    expect(second.status).toBe(201);
    const ids = (await list(owner)).invitations.map(
      (i: { id: string }) => i.id,
    );
    expect(ids).toContain(second.body.id);
    expect(ids).not.toContain(first.body.id);
  });

  test("only owners invite owners; revoking and resending follow the same rule", async () => {
    const [owner, admin] = [await person("owner"), await person("admin")];
    const refused = await invite(admin, { email: address(), role: "owner" });
    expect([refused.status, refused.body.details]).toEqual([
      403,
      { role: "owner" },
    ]);
    const { body } = await invite(owner, { email: address(), role: "owner" });
    for (const call of ["staff.revokeInvitation", "staff.resendInvitation"])
      expect((await onInvitation(call, admin, body.id)).status).toBe(403);
    const other = await invite(admin, { email: address(), role: "admin" });
    expect(other.status).toBe(201);
  });

  test("a resent invitation has a week again; a revoked or accepted one stays as it is", async () => {
    const owner = await person("owner");
    const email = address();
    const { body } = await invite(owner, { email, role: "viewer" });
    await database.query(
      "UPDATE invitations SET expires_at = now() - interval '1 s' WHERE email = $1",
      [email],
    );
    const again = await onInvitation("staff.resendInvitation", owner, body.id);
    expect(again.body.status).toBe("pending");
    const [events] = await database.query(
      "SELECT count(*)::int AS n FROM outbox WHERE payload->>'invitation_id' = $1",
      [body.id],
    );
    expect(events).toEqual({ n: 2 });
    for (const expected of [200, 200]) {
      const gone = await onInvitation("staff.revokeInvitation", owner, body.id);
      expect([gone.status, gone.body.status]).toEqual([expected, "revoked"]);
    }
    const late = await onInvitation("staff.resendInvitation", owner, body.id);
    expect(late.status).toBe(409);
    await database.query(
      "UPDATE invitations SET revoked_at = NULL, accepted_at = now() WHERE id = $1",
      [toUuid(body.id)],
    );
    const taken = await onInvitation("staff.revokeInvitation", owner, body.id);
    expect(taken.status).toBe(409);
  });

  test("a customer's invitation is none of the team's", async () => {
    const owner = await person("owner");
    const customer = await w.customer();
    const id = newId("inv");
    await database.query(
      `INSERT INTO invitations (id, email, customer_id, customer_role, expires_at)
       VALUES ($1, $2, $3, 'member', now() + interval '1 day')`,
      [toUuid(id), address(), toUuid(customer.id)],
    );
    const answer = await onInvitation("staff.revokeInvitation", owner, id);
    expect(answer.status).toBe(404);
  });
});

describe("changing a person", () => {
  test("a role counts from the next request on", async () => {
    const [owner, viewer] = [await person("owner"), await person("viewer")];
    const tokens = () =>
      callRoute("identity.listServiceTokens", { headers: viewer.headers });
    expect((await tokens()).status).toBe(403);
    expect((await update(owner, viewer.id, { role: "admin" })).status).toBe(
      200,
    );
    expect((await tokens()).status).toBe(200);
    await update(owner, viewer.id, { role: "support" });
    expect((await tokens()).status).toBe(403);
  });

  test("deactivating ends every session for good, and reactivating opens none", async () => {
    const [owner, viewer] = [await person("owner"), await person("viewer")];
    const keys = () => callRoute("keys.list", { headers: viewer.headers });
    expect((await keys()).status).toBe(200);
    const gone = await deactivate(owner, viewer.id);
    expect(gone.body).toMatchObject({ is_disabled: true, role: "viewer" });
    expect((await keys()).status).toBe(401);
    expect((await deactivate(owner, viewer.id)).status).toBe(200);
    const back = await update(owner, viewer.id, { is_disabled: false });
    expect(back.body.is_disabled).toBe(false);
    expect((await keys()).status).toBe(401);
    const entries = await database.query(
      "SELECT action FROM audit_log WHERE target_id = $1 AND action LIKE 'staff.%' ORDER BY id",
      [toUuid(viewer.id)],
    );
    expect(entries.map(({ action }) => action)).toEqual([
      "staff.added",
      "staff.deactivated",
      "staff.reactivated",
    ]);
  });

  test("an admin neither makes nor changes owners", async () => {
    const [owner, admin] = [await person("owner"), await person("admin")];
    const viewer = await person("viewer");
    for (const attempt of [
      update(admin, viewer.id, { role: "owner" }),
      update(admin, admin.id, { role: "owner" }),
      update(admin, owner.id, { role: "viewer" }),
      update(admin, owner.id, { is_disabled: true }),
      deactivate(admin, owner.id),
    ])
      expect((await attempt).status).toBe(403);
    expect((await update(admin, viewer.id, { role: "billing" })).status).toBe(
      200,
    );
  });

  test("nobody deactivates themselves", async () => {
    const [owner, admin] = [await person("owner"), await person("admin")];
    for (const self of [owner, admin]) {
      expect((await deactivate(self, self.id)).status).toBe(409);
      const patch = { is_disabled: true };
      expect((await update(self, self.id, patch)).status).toBe(409);
    }
  });

  test("who is no staff is not found, and an empty change is refused", async () => {
    const owner = await person("owner");
    const { email } = await w.customer({ password: "a customer's own words" });
    const [user] = await database.query<{ id: string }>(
      "SELECT id::text FROM users WHERE email = $1",
      [email],
    );
    const theirs = fromUuid("usr", user?.id ?? "");
    for (const id of [theirs, newId("usr")])
      expect((await update(owner, id, { role: "admin" })).status).toBe(404);
    const viewer = await person("viewer");
    expect((await update(owner, viewer.id, {})).status).toBe(400);
    expect((await update(owner, viewer.id, { role: "root" })).status).toBe(400);
  });
});

describe("the last owner", () => {
  const as = (userId: string): Actor => ({
    kind: "staff",
    userId,
    name: "Owner",
    role: "owner",
    sessionId: newId("ses"),
    hasTwoFactor: false,
    restriction: null,
  });

  async function twoOwners(): Promise<[Person, Person]> {
    await database.query(
      "UPDATE users SET disabled_at = now() WHERE staff_role = 'owner'",
    );
    return [await person("owner"), await person("owner")];
  }

  test("can be neither demoted nor deactivated", async () => {
    const [first, second] = await twoOwners();
    expect((await deactivate(first, second.id)).status).toBe(200);
    const demoted = await update(first, first.id, { role: "admin" });
    expect([demoted.status, demoted.body.error]).toEqual([
      409,
      expect.stringMatching(/last owner/),
    ]);
    const removed = changeStaff(w.ctx, first.id, { is_disabled: true });
    await expect(removed).rejects.toThrow(/last owner/);
  });

  test("stays when two owners remove each other at once, every time", async () => {
    for (let round = 0; round < 10; round += 1) {
      const [first, second] = await twoOwners();
      const results = await Promise.allSettled([
        changeStaff({ ...w.ctx, actor: as(first.id) }, second.id, {
          is_disabled: true,
        }),
        changeStaff({ ...w.ctx, actor: as(second.id) }, first.id, {
          role: "viewer",
        }),
      ]);
      expect(results.map(({ status }) => status).sort()).toEqual([
        "fulfilled",
        "rejected",
      ]);
      const [left] = await database.query(
        "SELECT count(*)::int AS n FROM users WHERE staff_role = 'owner' AND disabled_at IS NULL",
      );
      expect(left).toEqual({ n: 1 });
    }
  });
});

test("a service token never handles staff, and the service refuses by itself", async () => {
  const headers = { authorization: `Bearer ${w.everything}` };
  expect((await callRoute("staff.list", { headers })).status).toBe(403);
  const actor: Actor = {
    kind: "service",
    tokenId: newId("stk"),
    name: "t",
    scopes: new Set(["staff:write"]),
  };
  const input = { email: address(), role: "viewer" as const };
  await expect(inviteStaff({ ...w.ctx, actor }, input)).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
