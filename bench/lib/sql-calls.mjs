import pg from "pg";

/**
 * Calls of one prepared statement, each on a connection of its own.
 * @param {object} options
 * @param {string} options.databaseUrl
 * @param {number} options.connections
 * @param {string} options.text
 * @param {() => unknown[]} options.next the next call's values
 * @param {(rows: any[]) => boolean} [options.expects] whether an answer is right
 * @returns {Promise<{ calls: import("./load.mjs").Call[], close: () => Promise<void> }>}
 */
export async function sqlCalls(options) {
  const {
    databaseUrl,
    connections,
    text,
    next,
    expects = () => true,
  } = options;
  const clients = await Promise.all(
    Array.from({ length: connections }, () => connect(databaseUrl)),
  );
  const calls = clients.map((client) => async () => {
    const { rows } = await client.query({
      name: "call",
      text,
      values: next(),
    });
    if (!expects(rows))
      throw new Error(`Not the expected answer: ${JSON.stringify(rows[0])}`);
  });
  return {
    calls,
    async close() {
      await Promise.all(clients.map((client) => client.end()));
    },
  };
}

/**
 * Runs a statement once.
 * @param {string} databaseUrl
 * @param {string} text
 * @param {unknown[]} [values]
 * @returns {Promise<any[]>} its rows
 */
export async function runSql(databaseUrl, text, values) {
  const client = await connect(databaseUrl);
  try {
    const { rows } = await client.query(text, values);
    return rows ?? [];
  } finally {
    await client.end();
  }
}

/** The database in a line: its version, and whether what it says is stored is stored. */
export async function describeDatabase(/** @type {string} */ databaseUrl) {
  const [row] = await runSql(
    databaseUrl,
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
            current_setting('synchronous_commit') AS commit, current_setting('shared_buffers') AS buffers`,
  );
  return `PostgreSQL ${row.version}, fsync ${row.fsync}, synchronous_commit ${row.commit}, shared_buffers ${row.buffers}`;
}

/** @param {string} connectionString */
async function connect(connectionString) {
  const client = new pg.Client({
    connectionString,
    options: "-c TimeZone=UTC",
  });
  await client.connect();
  return client;
}
