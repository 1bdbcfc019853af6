import type { TestDatabase } from "./database";

/**
 * Has a trigger stand in the way of a table's writes, for tests of what fails half-way.
 * @param when "BEFORE INSERT" and the like; null takes it away again
 * @param body what it does, in PL/pgSQL
 */
export async function standInTheWay(
  database: TestDatabase,
  table: string,
  when: string | null,
  body = "",
): Promise<void> {
  await database.query(`DROP TRIGGER IF EXISTS in_the_way ON ${table}`);
  if (when === null) return;
  await database.query(
    `CREATE OR REPLACE FUNCTION in_the_way_of_${table}() RETURNS trigger LANGUAGE plpgsql
     AS $$ BEGIN ${body}; END $$`,
  );
  await database.query(
    `CREATE TRIGGER in_the_way ${when} ON ${table}
     FOR EACH ROW EXECUTE FUNCTION in_the_way_of_${table}()`,
  );
}
