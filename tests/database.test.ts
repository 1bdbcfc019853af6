import { prisma } from "@/platform/db";
import { useDatabase } from "./support/database";

const database = useDatabase();

test("a test file has a migrated database of its own", async () => {
  await prisma().$executeRaw`SELECT graphile_worker.add_job('nothing')`;
  expect(await prisma().customer.count()).toBe(0);
  const [row] = await database.query<{ name: string }>(
    "SELECT current_database() AS name",
  );
  expect(row?.name).toMatch(/^test_/);
});
