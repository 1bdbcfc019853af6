import { Prisma } from "./generated/client";

const unavailableCodes = new Set([
  "P1001", // cannot reach the server
  "P1002", // timed out
  "P1008",
  "P1017", // the server closed the connection
  "P2024", // no connection of the pool was free in time
  "P2028", // no transaction could be started in time
]);

const lost =
  /timeout|timed out|terminat|ECONNREFUSED|ECONNRESET|EPIPE|Connection ended|the database system is|too many clients|Server has closed/i;

/** Whether the database did not answer, as opposed to refusing what it was asked. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError)
    return unavailableCodes.has(error.code) || lost.test(error.message);
  if (error instanceof Prisma.PrismaClientInitializationError) return true;
  if (error instanceof Error && "code" in error) {
    const code = String(error.code);
    // SQLSTATE classes 08 (connection), 53 (resources), 57 (operator intervention)
    return /^(08|53|57)/.test(code) || lost.test(`${code} ${error.message}`);
  }
  return error instanceof Error && lost.test(error.message);
}

/** The columns of a unique constraint that a write ran into, or null for another error. */
export function uniqueViolation(error: unknown): string | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return null;
  return error.code === "P2002" ? JSON.stringify(error.meta ?? {}) : null;
}
