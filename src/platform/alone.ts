import pg from "pg";
import { env } from "./env";

/** Shows whether the work is still the only one: it throws once the lock is lost. */
export type Held = { assert(): void };

/**
 * Do work that nobody else does under the same name, in any process. Answers null, and does
 * nothing, while somebody else is at it. The lock is the database's own, held by a connection: it
 * is free at once when this process dies.
 */
export async function alone<T>(
  name: string,
  work: (held: Held) => Promise<T>,
): Promise<T | null> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  let lost: Error | null = null;
  const lose = (error?: Error) =>
    (lost ??= error ?? new Error("The connection ended"));
  client.on("error", lose);
  client.on("end", lose);
  await client.connect();
  try {
    const { rows } = await client.query<{ is_mine: boolean }>(
      "SELECT pg_try_advisory_lock(hashtextextended($1, 11)) AS is_mine",
      [name],
    );
    if (!rows[0]?.is_mine) return null;
    return await work({
      assert() {
        if (lost)
          throw new Error(`Lost the lock ${name}: ${lost.message}`, {
            cause: lost,
          });
      },
    });
  } finally {
    await client.end().catch(() => {});
  }
}
