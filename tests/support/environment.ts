// Runs before each test file, so that the app's modules find their settings at import.
import { randomBytes } from "node:crypto";

const server = process.env["TEST_DATABASE_SERVER"];
if (!server)
  throw new Error(
    "No database server: was tests/support/global-setup.mjs run?",
  );

const database = new URL(server);
database.pathname = `/test_${randomBytes(6).toString("hex")}`; // made by useDatabase()

Object.assign(process.env, {
  DATABASE_URL: database.href,
  APP_URL: "http://localhost:3000",
  APP_SECRET: "a-value-that-only-the-tests-sign-with-0123456789",
  LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent",
  WORKER_MODE: "off",
  // Many calls at once on a busy machine are to be right, not soon.
  DATABASE_WAIT_SECONDS: "30",
  LIMIT_AUTH_PER_MINUTE: "100000",
  LIMIT_PORTAL_PER_MINUTE: "100000",
  LIMIT_GENERAL_PER_MINUTE: "100000",
  LIMIT_TENANTS_PER_MINUTE: "100000",
  LIMIT_LICENSES_PER_MINUTE: "100000",
  LIMIT_TICKETS_PER_MINUTE: "100000",
});
