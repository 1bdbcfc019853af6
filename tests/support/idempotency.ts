import { randomText } from "@/shared/ids";
import { callRoute } from "./app";
import type { TestDatabase } from "./database";
import { standInTheWay } from "./stand-in-the-way";
import type { World } from "./world";

/** POSTs of customers under an Idempotency-Key, and what is kept of them, for tests of both. */
export function keyedPosts(database: TestDatabase, worldOf: () => World) {
  const count = async (sql: string, values: unknown[] = []) => {
    const [row] = await database.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${sql}`,
      values,
    );
    return row?.n ?? 0;
  };
  return {
    post: (key: string, body: unknown, token = worldOf().everything) =>
      callRoute("customers.create", {
        headers: { authorization: `Bearer ${token}`, "idempotency-key": key },
        body,
      }),
    countOf: (email: string) => count("customers WHERE email = $1", [email]),
    keptKeys: () => count("idempotency_keys"),
    openClaims: () =>
      count("idempotency_keys WHERE status IS NULL AND committed_at IS NULL"),
    /** As if the calls had been made so much earlier. */
    age: (seconds: number) =>
      database.query(
        "UPDATE idempotency_keys SET created_at = created_at - make_interval(secs => $1)",
        [seconds],
      ),
    onCustomers: (when: string | null, body = "") =>
      standInTheWay(database, "customers", when, body),
    onClaims: (when: string | null, body = "") =>
      standInTheWay(database, "idempotency_keys", when, body),
  };
}

/** A customer that there is not yet. */
export const newCustomer = () => ({
  email: `${randomText(12).toLowerCase()}@example.com`,
  full_name: "Ada Lovelace",
});

export function expectCode(
  answer: { status: number; body: { code: string } },
  status: number,
  code: string,
): void {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
}
