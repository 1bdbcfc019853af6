import { bulk } from "@/platform/db/bulk";
import { toUuid } from "@/shared/ids";

/**
 * Remove all usage of a customer that is erased: in one transaction, which may take a minute, since
 * sums that have lost their events would be recounted to nothing. What everyone used stays.
 */
export async function eraseUsage(customerId: string): Promise<void> {
  const customer = toUuid(customerId);
  await bulk(async (run) => {
    await run("BEGIN");
    await run("SELECT usage_recount_alone()");
    const endpoints = await run<{ name: string }>(
      "SELECT DISTINCT endpoint AS name FROM usage_hourly WHERE customer_id = $1 AND endpoint <> ''",
      [customer],
    );
    await run("SELECT usage_forget($1)", [customer]);
    await run("DELETE FROM usage_lifetime WHERE customer_id = $1", [customer]);
    const names = endpoints.map(({ name }) => name);
    // Rows that cancel each other out; locked first, so that none is added to between.
    await run(
      "SELECT 1 FROM usage_breakdown WHERE dimension = 'endpoint' AND name = ANY ($1) FOR UPDATE",
      [names],
    );
    await run(
      `DELETE FROM usage_breakdown b USING (
         SELECT span, starts_at, name FROM usage_breakdown WHERE dimension = 'endpoint' AND name = ANY ($1)
         GROUP BY span, starts_at, name
         HAVING (sum(calls), sum(errors), sum(refused), sum(tokens), sum(cost), sum(unpriced)) = (0, 0, 0, 0, 0, 0)
       ) z WHERE b.dimension = 'endpoint' AND (b.span, b.starts_at, b.name) = (z.span, z.starts_at, z.name)`,
      [names],
    );
    await run("COMMIT");
  });
}
