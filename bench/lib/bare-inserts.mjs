import { connect } from "../../scripts/lib/database-client.mjs";

/**
 * Insert copies of the rows of so many invoices, as a program with nothing to decide would: in a
 * transaction for each, and so many together in one. Gives the seconds.
 * @param {string} databaseUrl
 * @param {{ table: string, rows: number }[]} each the rows that one invoice has
 * @param {number} count of invoices
 * @param {number} size how many of them go together
 * @returns {Promise<{ single: number, together: number }>}
 */
export async function insertBare(databaseUrl, each, count, size) {
  const client = await connect(databaseUrl);
  try {
    for (const { table } of each) await prepareCopy(client, table);
    const insert = async (
      /** @type {number} */ times,
      /** @type {number} */ invoices,
    ) => {
      const startedAt = performance.now();
      for (let i = 0; i < times; i += 1) {
        await client.query("BEGIN");
        for (const { table, rows } of each)
          await client.query({
            name: table,
            text: `INSERT INTO bare_${table} SELECT r.* FROM bare_${table}_row r, generate_series(1, $1::int)`,
            values: [rows * invoices],
          });
        await client.query("COMMIT");
      }
      return (performance.now() - startedAt) / 1000;
    };
    const single = await insert(count, 1);
    const together = await insert(Math.ceil(count / size), size);
    return { single, together };
  } finally {
    await client.end();
  }
}

/** A table of the same columns, with an index by id, and a row of the run to copy into it. */
async function prepareCopy(
  /** @type {import("pg").Client} */ client,
  /** @type {string} */ table,
) {
  const copy = `bare_${table}`;
  await client.query(`CREATE TABLE ${copy} (LIKE ${table} INCLUDING DEFAULTS)`);
  await client.query(
    `CREATE TABLE ${copy}_row AS SELECT * FROM ${table} ORDER BY ctid DESC LIMIT 1`,
  );
  await client.query(`CREATE INDEX ON ${copy} (id)`);
}
