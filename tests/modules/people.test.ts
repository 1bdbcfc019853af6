import { makeInvitationLink } from "@/modules/identity";
import { randomText } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

const password = "a long sentence is best";

describe("a customer's people", () => {
  test("are invited by mail, accept once, and see what their role may see", async () => {
    const { id, headers } = await owner();
    const email = address();
    const { body: invitation, status } = await invite(id, headers, email);
    expect(status).toBe(201);
    expect(invitation).toMatchObject({
      email,
      role: "member",
      is_expired: false,
    });

    const token = await linkOf(invitation.id);
    const accept = (body: object) =>
      callRoute("invitations.accept", { body: { token, ...body } });
    const bare = await accept({});
    expect(bare.body.details.fields[0].field).toBe("body.password");
    const both = await Promise.all([
      accept({ full_name: "Grace", password }),
      accept({ full_name: "Grace", password }),
    ]);
    expect(both.map(({ status: code }) => code).sort()).toEqual([200, 410]);

    const member = await signedIn(email);
    const list = await people(id, member);
    expect(list.body.items.map((each: { role: string }) => each.role)).toEqual([
      "owner",
      "member",
    ]);
    expect((await invite(id, member, address())).status).toBe(403);
  });

  test("a newer link ends the older one, and a revoked invitation opens nothing", async () => {
    const { id, headers } = await owner();
    const { body } = await invite(id, headers, address());
    const older = await linkOf(body.id);
    const newer = await linkOf(body.id);
    const accept = (token: string) =>
      callRoute("invitations.accept", {
        body: { token, full_name: "Grace", password },
      });
    expect((await accept(older)).status).toBe(410);
    await callRoute("members.revokeInvitation", {
      headers,
      params: { customer_id: id, invitation_id: body.id },
    });
    expect((await accept(newer)).status).toBe(410);
    expect(await makeInvitationLink(w.ctx, body.id)).toBeNull();
  });

  test("what was revoked is not sent again, and what was accepted is not taken back", async () => {
    const { id, headers } = await owner();
    const change = (call: string, invitation_id: string) =>
      callRoute(call, { headers, params: { customer_id: id, invitation_id } });
    const { body: revoked } = await invite(id, headers, address());
    for (const status of [200, 200])
      expect(
        (await change("members.revokeInvitation", revoked.id)).status,
      ).toBe(status);
    const late = await change("members.resendInvitation", revoked.id);
    expect([late.status, late.body.error]).toEqual([
      409,
      expect.stringMatching(/Invite the person again/),
    ]);
    const { body: accepted } = await invite(id, headers, address());
    await callRoute("invitations.accept", {
      body: { token: await linkOf(accepted.id), full_name: "G", password },
    });
    for (const call of ["members.revokeInvitation", "members.resendInvitation"])
      expect((await change(call, accepted.id)).status).toBe(409);
  });

  test("inviting twice leaves one invitation, with the newer role", async () => {
    const { id, headers } = await owner();
    const email = address();
    await invite(id, headers, email, "member");
    await invite(id, headers, email, "billing");
    const { body } = await people(id, headers);
    expect(body.invitations).toHaveLength(1);
    expect(body.invitations[0].role).toBe("billing");
  });

  test("a role changes on the next request, and so does being removed", async () => {
    const { id, headers } = await owner();
    const { userId, headers: theirs } = await join(id, headers);
    expect((await invite(id, theirs, address())).status).toBe(403);
    const params = { customer_id: id, user_id: userId };
    await callRoute("members.setRole", {
      headers,
      params,
      body: { role: "owner" },
    });
    expect((await invite(id, theirs, address())).status).toBe(201);
    await callRoute("members.remove", { headers, params });
    expect((await people(id, theirs)).status).toBe(401);
  });

  test("two owners who remove each other at once leave one", async () => {
    const { id, headers, userId: first } = await owner();
    const { userId: second, headers: theirs } = await join(
      id,
      headers,
      "owner",
    );
    const remove = (from: Record<string, string>, user_id: string) =>
      callRoute("members.remove", {
        headers: from,
        params: { customer_id: id, user_id },
      });
    const both = await Promise.all([
      remove(headers, second),
      remove(theirs, first),
    ]);
    const statuses = both.map(({ status }) => status).sort();
    expect(statuses[0]).toBe(200);
    expect(statuses[1]).not.toBe(200);
    const { toUuid } = await import("@/shared/ids");
    const left = await database.query(
      "SELECT 1 FROM memberships WHERE customer_id = $1",
      [toUuid(id)],
    );
    expect(left).toHaveLength(1);
  });

  test("a person of two customers acts for one at a time, and not for a third", async () => {
    const [a, b] = [await owner(), await owner()];
    const { email } = await join(a.id, a.headers);
    const { body } = await invite(b.id, b.headers, email);
    await callRoute("invitations.accept", {
      body: { token: await linkOf(body.id) },
    });
    const headers = await signedIn(email);
    const mine = await callRoute("ownCustomers.list", { headers });
    expect(mine.body.items).toMatchObject([
      { id: a.id, is_current: true },
      { id: b.id, is_current: false },
    ]);
    expect((await people(b.id, headers)).status).toBe(404);
    const choose = (customer_id: string) =>
      callRoute("ownCustomers.choose", { headers, params: { customer_id } });
    expect((await choose(b.id)).status).toBe(200);
    expect((await people(b.id, headers)).status).toBe(200);
    expect((await people(a.id, headers)).status).toBe(404);
    const third = await w.customer();
    expect((await choose(third.id)).status).toBe(404);
  });

  test("suspending a customer ends the access of all of its people on the next request", async () => {
    const { id, headers } = await owner();
    const { headers: theirs } = await join(id, headers);
    expect((await people(id, theirs)).status).toBe(200);
    await callRoute("customers.setStatus", {
      headers: { authorization: `Bearer ${w.everything}` },
      params: { customer_id: id },
      body: { status: "suspended" },
    });
    expect((await people(id, headers)).status).toBe(401);
    expect((await people(id, theirs)).status).toBe(401);
  });
});

describe("viewing as a customer", () => {
  test("shows what the customer sees, changes no money, secrets or people, and is audited with both", async () => {
    const { id, headers: theirs } = await owner();
    const staff = await w.staff({ email: address(), password });
    const headers = await signedIn(staff.email);
    const view = (reason: object) =>
      callRoute("viewAs.start", {
        headers,
        params: { customer_id: id },
        body: reason,
      });
    expect((await view({})).status).toBe(400);
    expect((await view({ reason: "Ticket 7" })).status).toBe(200);

    const keys = await callRoute("keys.list", { headers });
    expect(keys.status).toBe(200);
    for (const [call, sent] of [
      ["keys.issue", { body: { name: "x" } }],
      [
        "members.invite",
        {
          params: { customer_id: id },
          body: { email: address(), role: "owner" },
        },
      ],
      ["sessions.list", {}],
      [
        "accounts.changePassword",
        {
          body: {
            current_password: password,
            new_password: "another long sentence",
          },
        },
      ],
      ["customers.list", {}],
    ] as const)
      expect([
        call,
        (await callRoute(call, { ...sent, headers })).status,
      ]).toEqual([call, 403]);

    const others = await w.customer();
    const theirsToo = await people(others.id, headers);
    expect(theirsToo.status).toBe(404);
    await callRoute("viewAs.stop", { headers });
    expect((await callRoute("customers.list", { headers })).status).toBe(200);
    expect((await people(id, theirs)).status).toBe(200);
    const told = await database.query<{ action: string; actor_name: string }>(
      "SELECT action, actor_name FROM audit_log WHERE action LIKE 'view_as.%' ORDER BY id",
    );
    expect(told.map(({ action }) => action)).toEqual([
      "view_as.started",
      "view_as.stopped",
    ]);
    expect(new Set(told.map(({ actor_name }) => actor_name))).toEqual(
      new Set([staff.name]),
    );
  });
});

async function owner() {
  const email = address();
  const { id } = await w.customer({ email, password });
  await database.query(
    "UPDATE users SET must_change_password = false WHERE email = $1",
    [email],
  );
  const { headers, userId } = await session(email);
  return { id, email, headers, userId };
}

async function join(
  customerId: string,
  headers: Record<string, string>,
  role = "member",
) {
  const email = address();
  const { body } = await invite(customerId, headers, email, role);
  await callRoute("invitations.accept", {
    body: { token: await linkOf(body.id), full_name: "Grace", password },
  });
  return { email, ...(await session(email)) };
}

async function session(email: string) {
  const { body } = await callRoute("accounts.login", {
    body: { email, password },
  });
  return {
    headers: { authorization: `Bearer ${body.access_token}` },
    userId: body.user.id as string,
  };
}

async function signedIn(email: string) {
  return (await session(email)).headers;
}

function invite(
  customer_id: string,
  headers: Record<string, string>,
  email: string,
  role = "member",
) {
  return callRoute("members.invite", {
    headers,
    params: { customer_id },
    body: { email, role },
  });
}

function people(customer_id: string, headers: Record<string, string>) {
  return callRoute("members.list", { headers, params: { customer_id } });
}

async function linkOf(invitationId: string): Promise<string> {
  return (await makeInvitationLink(w.ctx, invitationId))?.token ?? "";
}

function address(): string {
  return `${randomText(12).toLowerCase()}@example.com`;
}
