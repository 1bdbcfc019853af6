import type { Ctx } from "@/platform/context";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Subjects } from "./tables";

type Person = { id: string; email: string; is_alone: boolean };

/** Whose rows are a customer's; null when there is none. `onlyTheirs` leaves out people who are staff or belong to other customers too. */
export async function findSubjects(
  ctx: Ctx,
  id: string,
  { onlyTheirs = false } = {},
): Promise<Subjects | null> {
  const customer = toUuid(id);
  const [account] = await ctx.db.$queryRaw<{ email: string }[]>`
    SELECT email FROM customers WHERE id = ${customer}::uuid`;
  if (!account) return null;
  const all = await ctx.db.$queryRaw<Person[]>`
    SELECT u.id::text AS id, u.email, u.staff_role IS NULL AND NOT EXISTS (
      SELECT FROM memberships o WHERE o.user_id = u.id AND o.customer_id <> ${customer}::uuid) AS is_alone
    FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.customer_id = ${customer}::uuid`;
  const people = onlyTheirs ? all.filter(({ is_alone }) => is_alone) : all;
  const invited = await ctx.db.$queryRaw<{ email: string }[]>`
    SELECT email FROM invitations i WHERE customer_id = ${customer}::uuid
      AND NOT EXISTS (SELECT FROM users u WHERE u.email = i.email)`;
  const isOthers = await ctx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM users u WHERE u.email = ${account.email} AND NOT u.id = ANY (${people.map((one) => one.id)}::uuid[])`;
  return {
    id,
    customer,
    people: people.map((person) => person.id),
    emails: [
      ...new Set([
        ...(isOthers.length === 0 ? [account.email] : []),
        ...[...people, ...invited].map(({ email }) => email),
      ]),
    ],
    names: [id, ...people.map((person) => fromUuid("usr", person.id))],
    refs: await findRefs(ctx, customer),
  };
}

async function findRefs(ctx: Ctx, customer: string): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ ref: string }[]>`
    SELECT external_id AS ref FROM provider_customers WHERE customer_id = ${customer}::uuid
    UNION SELECT provider_subscription_id FROM subscriptions
      WHERE customer_id = ${customer}::uuid AND provider_subscription_id IS NOT NULL
    UNION SELECT provider_payment_id FROM payments
      WHERE customer_id = ${customer}::uuid AND provider_payment_id IS NOT NULL
    UNION SELECT provider_session_id FROM checkout_sessions
      WHERE customer_id = ${customer}::uuid AND provider_session_id IS NOT NULL`;
  return rows.map(({ ref }) => ref);
}
