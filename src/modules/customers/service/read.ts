import { authorize, owned, type Ctx } from "@/platform/context";
import { notFound } from "@/shared/errors";
import { money } from "@/shared/money";
import { toPage } from "@/shared/page";
import { startOfUtcDay, startOfUtcMonth, startOfUtcWeek } from "@/shared/time";
import type { Customer, CustomerQuery, CustomerStats } from "../contract";
import { soon } from "../contract/expiry";
import type { LifetimeValue } from "../contract/lifetime";
import {
  findBuyer,
  findClock,
  findCustomer,
  findStatus,
} from "../queries/customers";
import {
  averageLifetimeValue,
  expectedStay,
  inMonths,
  lifetimeValue,
} from "../lifetime";
import { findLife, sumStays } from "../queries/lifetime";
import { findCustomers } from "../queries/list";
import { withPlans } from "../queries/plans";
import { findName, findNames, findTaken } from "../queries/names";
import {
  countByStatus,
  countEnding,
  countJoined,
  countJoinedDaily,
  findTopByBalance,
  sumByCurrency,
} from "../queries/stats";
import { getFilters } from "./segments";

/** One page of customers. Needs customers:read; throws NOT_FOUND for a segment that is not there. */
export async function listCustomers(ctx: Ctx, query: CustomerQuery) {
  authorize(ctx, "customers:read");
  const segment = query.segment ? await getFilters(ctx, query.segment) : null;
  const { items, total, exact } = await findCustomers(ctx, query, segment);
  return toPage(query, items, total, exact);
}

/** A customer by public id. Needs customers:read; throws NOT_FOUND. */
export async function getCustomer(ctx: Ctx, id: string): Promise<Customer> {
  authorize(ctx, "customers:read");
  const customer = await findCustomer(ctx, id);
  if (!customer) throw notFound("customer");
  return customer;
}

/** The same with its plan and what it called; `countCalls` is given by who knows of usage. */
export async function getCustomerWithCalls(
  ctx: Ctx,
  id: string,
  countCalls: (ctx: Ctx, id: string) => Promise<number>,
): Promise<Customer> {
  const found = await getCustomer(ctx, id);
  const [customer = found] = await withPlans(ctx, [found]);
  return { ...customer, total_calls: await countCalls(ctx, id) };
}

/**
 * The name, status, currency and time zone of a customer that the actor may know of: any for staff and services,
 * their own for a customer's people. Throws NOT_FOUND. For the verbs of other modules.
 */
export async function getVisibleCustomer(ctx: Ctx, id: string) {
  const own = owned(ctx);
  const found = own === null || own === id ? await findStatus(ctx, id) : null;
  if (!found) throw notFound("customer");
  return { id, ...found };
}

/** The customer as bills see it, for the verbs of other modules, which have authorised. Throws NOT_FOUND. */
export async function getBuyer(ctx: Ctx, id: string): Promise<Customer> {
  const customer = await findBuyer(ctx, id);
  if (!customer) throw notFound("customer");
  return customer;
}

/** The time that billing goes by for a customer: now, or what the clock of a test customer says. */
export async function billingNow(ctx: Ctx, customerId: string): Promise<Date> {
  return (await findClock(ctx, customerId)) ?? ctx.now();
}

/** The same of a customer that was read. */
export function timeOf(ctx: Ctx, { is_test, clock_at }: Customer): Date {
  return is_test && clock_at ? new Date(clock_at) : ctx.now();
}

/** Display names by public id, for the lists of other modules; the caller has authorised. */
export async function customerNames(
  ctx: Ctx,
  ids: string[],
): Promise<Map<string, string>> {
  const [only, ...others] = new Set(ids);
  if (!only || others.length > 0) return findNames(ctx, [...new Set(ids)]);
  const name = await findName(ctx, only);
  return new Map(name === null ? [] : [[only, name]]);
}

/**
 * Which addresses and external ids of these customers-to-be are another's already. The caller has
 * authorised.
 */
export async function takenOf(
  ctx: Ctx,
  inputs: { email: string; external_id?: string | null | undefined }[],
): Promise<{ emails: Set<string>; externalIds: Set<string> }> {
  return findTaken(
    ctx,
    inputs.map(({ email }) => email),
    inputs.flatMap(({ external_id }) => external_id ?? []),
  );
}

/** Whether people of this customer may sign in and act: it is neither suspended nor archived. */
export async function isAdmitted(ctx: Ctx, id: string): Promise<boolean> {
  const found = await findStatus(ctx, id);
  return found?.status === "active" || found?.status === "pending";
}

/**
 * What a customer has brought and is expected to bring: revenue + average revenue a month × months
 * that it is expected to stay (see `lifetimeValue`). Needs billing:read; throws NOT_FOUND.
 */
export async function getLifetimeValue(
  ctx: Ctx,
  id: string,
): Promise<LifetimeValue> {
  authorize(ctx, "billing:read");
  const [life, stays] = await Promise.all([findLife(ctx, id), sumStays(ctx)]);
  if (!life) throw notFound("customer");
  return {
    customer_id: id,
    revenue: life.revenue,
    ...lifetimeValue(life, expectedStay(stays)),
  };
}

/** The figures of the dashboard. Needs customers:read. */
export async function customerStats(ctx: Ctx): Promise<CustomerStats> {
  authorize(ctx, "customers:read");
  const now = ctx.now();
  const month = startOfUtcMonth(now);
  const [
    counts,
    sums,
    top,
    week,
    thisMonth,
    lastMonth,
    daily,
    expired,
    ends,
    stays,
  ] = await Promise.all([
    countByStatus(ctx),
    sumByCurrency(ctx),
    findTopByBalance(ctx, 5),
    countJoined(ctx, startOfUtcWeek(now)),
    countJoined(ctx, month),
    countJoined(ctx, startOfUtcMonth(now, -1), month),
    countJoinedDaily(ctx, startOfUtcDay(now, -29), startOfUtcDay(now)),
    countEnding(ctx, { to: now }),
    countEnding(ctx, soon(now)),
    sumStays(ctx),
  ]);
  const { pending, active, suspended, archived } = counts;
  const none = money(0n, "USD");
  const main = sums[0] ?? {
    total_revenue: none,
    average_customer_value: none,
    average_balance: none,
  };
  const add = (name: "with_licenses" | "with_subscriptions") =>
    sums.reduce((total, row) => total + row[name], 0);
  return {
    total_customers: pending + active + suspended + archived,
    active_customers: active,
    inactive_customers: pending + suspended + archived,
    suspended_customers: suspended,
    pending_customers: pending,
    archived_customers: archived,
    expired_customers: expired,
    expiring_customers: ends,
    customers_with_licenses: add("with_licenses"),
    customers_with_subscriptions: add("with_subscriptions"),
    new_customers_this_week: week,
    new_customers_this_month: thisMonth,
    new_customers_last_month: lastMonth,
    total_revenue: main.total_revenue,
    average_customer_value: main.average_customer_value,
    average_balance: main.average_balance,
    average_lifetime_value: averageLifetimeValue(
      main.average_customer_value,
      stays,
    ),
    expected_lifetime_months: inMonths(expectedStay(stays)),
    by_currency: sums,
    top_customers_by_balance: top,
    new_customers_daily: daily,
  };
}
