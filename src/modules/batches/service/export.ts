import { walkCustomers } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { authorize, may, type Ctx } from "@/platform/context";
import { spreadsheet, type Cell, type Download } from "@/platform/spreadsheet";
import { moneyDecimal, type Money } from "@/shared/money";
import { utcDay } from "@/shared/time";
import type { CustomerExportQuery } from "../contract/export";

/**
 * Customers as a file, those that the list's filters find, in its order. Rows are read as the
 * caller takes them, so that memory stays flat. Needs customers:read, and billing:read for what
 * is money; throws NOT_FOUND for an unknown segment.
 */
export async function exportCustomers(
  ctx: Ctx,
  { format, ...query }: CustomerExportQuery,
): Promise<Download> {
  authorize(ctx, "customers:read");
  const columns = may(ctx.actor, "billing:read")
    ? [...account, ...money]
    : account;
  const pages = await walkCustomers(ctx, query);
  return spreadsheet(
    format,
    `customers-${utcDay(ctx.now())}`,
    "customers",
    columns.map(([name]) => name),
    rows(pages, columns),
  );
}

type Column = readonly [name: string, cell: (customer: Customer) => Cell];

async function* rows(
  pages: AsyncIterable<Customer[]>,
  columns: readonly Column[],
): AsyncGenerator<Cell[]> {
  for await (const page of pages)
    for (const customer of page)
      yield columns.map(([, cell]) => cell(customer));
}

const same = (
  name: {
    [key in keyof Customer]-?: Customer[key] extends Cell ? key : never;
  }[keyof Customer],
): Column => [name, (customer) => customer[name]];

const decimal = (value: Money): Cell => ({ decimal: moneyDecimal(value) });

const account: readonly Column[] = [
  same("id"),
  same("external_id"),
  same("email"),
  same("full_name"),
  same("company_name"),
  same("phone"),
  same("address"),
  same("country"),
  same("region"),
  same("tax_id"),
  same("language"),
  same("time_zone"),
  same("status"),
  ["plan", (customer) => customer.package ?? null],
  ["tags", ({ tags }) => tags.join(", ")],
  same("joined_at"),
  same("expires_at"),
  same("active_licenses"),
  same("total_licenses"),
  same("active_subscriptions"),
  same("total_subscriptions"),
  same("device_count"),
  ["metadata", ({ metadata }) => jsonOf(metadata)],
];

const money: readonly Column[] = [
  same("currency"),
  ["balance", ({ balance }) => decimal(balance)],
  ["total_revenue", ({ total_revenue }) => decimal(total_revenue)],
  same("total_invoices"),
  same("outstanding_invoices"),
  same("overdue_invoices"),
  same("last_payment_at"),
];

function jsonOf(metadata: Record<string, unknown>): string | null {
  return Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : null;
}
