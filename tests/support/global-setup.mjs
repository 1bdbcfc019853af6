import { connect } from "../../scripts/lib/database-client.mjs";
import { migrate } from "../../scripts/lib/migrate.mjs";
import { startPostgres } from "../../scripts/lib/postgres.mjs";
import { makeTemporaryFolder } from "../../scripts/lib/temporary-folder.mjs";

const TEMPLATE = "tollkeeper_template";

/**
 * Boots one PostgreSQL for the run and migrates the database that each test file gets a copy of.
 * TEST_DATABASE_DURABLE=1 makes it flush to disk, which is slower.
 */
export default async function setUp() {
  const { folder, remove } = await makeTemporaryFolder("test");
  const postgres = await startPostgres({
    dataDir: folder,
    database: TEMPLATE,
    durable: process.env.TEST_DATABASE_DURABLE === "1",
    flags: ["-c", "max_connections=200"],
    log: () => {},
  });
  globalThis.tearDownDatabase = async () => {
    await postgres.stop();
    await remove();
  };
  await migrate(postgres.url);
  await closeTemplate(postgres.url);
  process.env.TEST_DATABASE_TEMPLATE = TEMPLATE;
  process.env.TEST_DATABASE_SERVER = inDatabase(postgres.url, "postgres");
}

// A database can be copied only while nobody is connected to it.
async function closeTemplate(url) {
  const client = await connect(inDatabase(url, "postgres"));
  await client.query(
    `ALTER DATABASE ${TEMPLATE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false`,
  );
  await client.end();
}

function inDatabase(url, name) {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}
