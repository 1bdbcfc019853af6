import * as z from "zod";

const calls = () => z.coerce.number<string>().int().min(1).max(1_000_000);

/** What the environment says of how often callers may call; Settings has the last word. */
export const limitSettings = {
  LIMIT_GENERAL_PER_MINUTE: calls()
    .default(600)
    .describe("API calls a minute for a service token or a member of staff"),
  LIMIT_PORTAL_PER_MINUTE: calls()
    .default(60)
    .describe("API calls a minute for a customer's user, or an anonymous IP"),
  LIMIT_AUTH_PER_MINUTE: calls()
    .default(5)
    .describe("failed sign-ins a minute for one IP, and for one account"),
  LIMIT_TENANTS_PER_MINUTE: calls()
    .default(3)
    .describe("tenants that one caller may create in a minute"),
  LIMIT_LICENSES_PER_MINUTE: calls()
    .default(600)
    .describe("calls by license keys a minute, of one address"),
  LIMIT_TICKETS_PER_MINUTE: calls()
    .default(10)
    .describe("tickets that one caller may open in a minute"),
};
