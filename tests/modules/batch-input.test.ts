import { newId } from "@/shared/ids";
import { callRoute } from "../support/app";
import { useDatabase } from "../support/database";
import { world, type World } from "../support/world";

useDatabase();

let w: World;
let headers: Record<string, string>;
beforeAll(async () => {
  w = await world();
  headers = { authorization: `Bearer ${w.everything}` };
});

const begin = (body: object, by: Record<string, string> = headers) =>
  callRoute("batches.create", { headers: by, body });

describe("what is asked of many customers", () => {
  test.each([
    [{ action: "tag", filters: {} }, "tags"],
    [{ action: "email", filters: {}, subject: "Hello" }, "text"],
    [{ action: "suspend", filters: {}, tags: ["a"] }, "tags"],
    [{ action: "suspend" }, "customer_ids"],
    [{ action: "suspend", customer_ids: [], filters: {} }, "customer_ids"],
    [
      { action: "suspend", customer_ids: [newId("cus")], filters: {} },
      "customer_ids",
    ],
    [{ action: "delete", filters: {} }, "action"],
    [{ action: "suspend", filters: { status: "gone" } }, "filters.status"],
    [
      { action: "suspend", customer_ids: Array(1_001).fill(newId("cus")) },
      "customer_ids",
    ],
  ])("%j is refused by name", async (body, field) => {
    const answer = await begin(body);
    expect(answer.status).toBe(400);
    expect(
      answer.body.details.fields.map((one: { field: string }) => one.field),
    ).toContain(`body.${field}`);
  });

  test("is for who may write customers", async () => {
    const cookie = await w.staffCookie("viewer");
    const answer = await begin(
      { action: "suspend", filters: {} },
      { cookie, origin: w.origin },
    );
    expect(answer.status).toBe(403);
  });

  test("by a segment that is not there is 404", async () => {
    const answer = await begin({ action: "suspend", segment: newId("seg") });
    expect(answer.status).toBe(404);
  });
});
