import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

const database = useDatabase();

let w: World;
let owner: { cookie: string; origin: string };
beforeAll(async () => {
  w = await world();
  owner = { cookie: await w.staffCookie("owner"), origin: w.origin };
});

const setIdle = async (session_idle_minutes: number | null) => {
  const security = {
    ...{ staff_two_factor_required: false, password_minimum: 12 },
    ...{ session_days: 30, session_idle_minutes },
  };
  const body = { security };
  const { status } = await callRoute("settings.update", {
    headers: owner,
    body,
  });
  expect(status).toBe(200);
};

/** A member of staff who signs in, whose session was used last so long ago by the database's clock. */
async function lastSeen(minutesAgo: number) {
  const cookie = await w.staffCookie("viewer");
  const [row] = await database.query(
    `UPDATE sessions SET last_seen_at = now() - make_interval(mins => $1), idle_at = idle_at - make_interval(mins => $1)
     WHERE id = (SELECT id FROM sessions ORDER BY id DESC LIMIT 1) RETURNING id`,
    [minutesAgo],
  );
  const idleSeconds = async () => {
    const [seen] = await database.query(
      "SELECT extract(epoch FROM now() - last_seen_at)::float8 AS seconds FROM sessions WHERE id = $1",
      [row?.["id"]],
    );
    return Number(seen?.["seconds"]);
  };
  return { headers: { cookie, origin: w.origin }, idleSeconds };
}

const list = (headers: Record<string, string>) =>
  callRoute("customers.list", { headers });

test("a browser left idle for the time that the settings say is nobody's on its next request", async () => {
  await setIdle(15);
  const left = await lastSeen(17);
  const answer = await list(left.headers);
  expect(answer.status).toBe(401);
  expect(answer.body.code).toBe("UNAUTHENTICATED");
  expect(await left.idleSeconds()).toBeGreaterThan(16 * 60);
});

test("one that is used goes on, with a write a minute at most", async () => {
  await setIdle(15);
  const used = await lastSeen(14);
  expect((await list(used.headers)).status).toBe(200);
  expect(await used.idleSeconds()).toBeLessThan(30);
  const [before] = await writes();
  await list(used.headers);
  await list(used.headers);
  expect(await writes()).toEqual([before]);
});

test("what a page asks by itself answers, and does not count as use", async () => {
  await setIdle(15);
  const left = await lastSeen(10);
  const alone = { ...left.headers, "x-unattended": "1" };
  expect((await list(alone)).status).toBe(200);
  expect(await left.idleSeconds()).toBeGreaterThan(9 * 60);
});

test("without the setting no session ends so, and it holds for sessions that are open already", async () => {
  await setIdle(null);
  const left = await lastSeen(3 * 24 * 60);
  expect((await list({ ...left.headers, "x-unattended": "1" })).status).toBe(
    200,
  );
  await setIdle(60);
  expect((await list(left.headers)).status).toBe(401);
});

test("who was signed out so stays signed out when the setting is longer later, or off", async () => {
  await setIdle(15);
  const left = await lastSeen(17);
  const noticed = await lastSeen(17);
  expect((await list(noticed.headers)).status).toBe(401);
  const used = await lastSeen(10);
  for (const minutes of [60, null]) {
    await setIdle(minutes);
    expect((await list(left.headers)).status).toBe(401);
    expect((await list(noticed.headers)).status).toBe(401);
    expect((await list(used.headers)).status).toBe(200);
  }
  const { body } = await callRoute("sessions.list", { headers: used.headers });
  expect(body.items.filter(idleFor(16))).toEqual([]);
});

test.each([4, 10_081, 7.5, "15"])(
  "%j minutes are refused by name",
  async (minutes) => {
    const security = {
      ...{ staff_two_factor_required: false, password_minimum: 12 },
      ...{ session_days: 30, session_idle_minutes: minutes },
    };
    const { status, body } = await callRoute("settings.update", {
      headers: owner,
      body: { security },
    });
    expect(status).toBe(400);
    expect(body.details.fields[0].field).toBe(
      "body.security.session_idle_minutes",
    );
  },
);

const idleFor = (minutes: number) => (session: { last_seen_at: string }) =>
  Date.parse(session.last_seen_at) < Date.now() - minutes * 60_000;

/** How often rows of sessions were written, by what is in them now. */
const writes = () =>
  database.query("SELECT max(xmin::text::bigint)::text AS last FROM sessions");
