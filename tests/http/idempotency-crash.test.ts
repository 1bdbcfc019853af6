import { createCustomer } from "@/modules/customers";
import { customersApi } from "@/modules/customers/contract";
import { route } from "@/http/route";
import { useDatabase } from "../support/database";
import { expectCode, keyedPosts, newCustomer } from "../support/idempotency";
import { world, type World } from "../support/world";

// What a dead process could not do any more, the database refuses here.

const database = useDatabase();

let w: World;
beforeAll(async () => {
  w = await world();
});

const { post, countOf, openClaims, age, onCustomers, onClaims } = keyedPosts(
  database,
  () => w,
);

describe("after a crash", () => {
  test("before the commit, the call may be taken over after 60 s, not sooner", async () => {
    const body = newCustomer();
    await onClaims("BEFORE DELETE", "RETURN NULL");
    await onCustomers("BEFORE INSERT", "RAISE EXCEPTION 'crashed'");
    expect((await post("crash-1", body)).status).toBe(500);
    await onCustomers(null);
    await onClaims(null);
    expectCode(await post("crash-1", body), 409, "IDEMPOTENCY_IN_PROGRESS");
    await age(61);
    expect((await post("crash-1", body)).status).toBe(201);
    expect(await countOf(body.email)).toBe(1);
  });

  test("after the commit, the work is not done again, and the caller is told so", async () => {
    const body = newCustomer();
    await onClaims("BEFORE UPDATE", answerIsDropped);
    expect((await post("crash-2", body)).status).toBe(201);
    await onClaims(null);
    await age(3_600);
    expectCode(await post("crash-2", body), 409, "IDEMPOTENCY_ANSWER_LOST");
    expect((await post("crash-2", body)).body.error).toContain("carried out");
    expect(await countOf(body.email)).toBe(1);
  });

  test("a call that was taken over meanwhile cannot commit", async () => {
    const body = newCustomer();
    const { email } = newCustomer();
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = route(customersApi.create, async (ctx, input) => {
      await held;
      return createCustomer(ctx, { ...input.body, email });
    });
    const request = new Request("http://localhost:3000/api/v1/customers", {
      method: "POST",
      headers: {
        authorization: `Bearer ${w.everything}`,
        "content-type": "application/json",
        "idempotency-key": "crash-3",
      },
      body: JSON.stringify(body),
    });
    const first = slow(request, { params: Promise.resolve({}) });
    await until(async () => (await openClaims()) > 0);
    await age(61);
    const second = await post("crash-3", body);
    expect(second.status).toBe(201);
    release();
    const late = await first;
    expect([late.status, (await late.json()).code]).toEqual([
      409,
      "IDEMPOTENCY_IN_PROGRESS",
    ]);
    expect([await countOf(email), await countOf(body.email)]).toEqual([0, 1]);
    expect((await post("crash-3", body)).body).toEqual(second.body);
  });
});

const answerIsDropped =
  "IF NEW.answer IS NOT NULL THEN RETURN NULL; END IF; RETURN NEW";

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()))
    await new Promise((resolve) => setTimeout(resolve, 5));
}
