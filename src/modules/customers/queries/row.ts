import type { Prisma } from "@/platform/db/generated/client";
import { fromUuid } from "@/shared/ids";
import { money } from "@/shared/money";
import type { Customer, CustomerStatus } from "../contract";

export type CustomerRow = Prisma.CustomerGetPayload<object>;

/** The customer of a row. */
export function toCustomer(row: CustomerRow): Customer {
  const iso = (at: Date | null) => at && at.toISOString();
  return {
    id: fromUuid("cus", row.id),
    name: row.company_name ?? row.full_name,
    email: row.email,
    full_name: row.full_name,
    company_name: row.company_name,
    phone: row.phone,
    address: row.address,
    country: row.country,
    region: row.region,
    tax_id: row.tax_id,
    is_tax_exempt: row.is_tax_exempt,
    is_test: row.is_test,
    clock_at: iso(row.clock_at),
    currency: row.currency,
    time_zone: row.time_zone,
    language: row.language,
    status: row.status as CustomerStatus, // Safe: a CHECK constraint.
    is_active: row.status === "active",
    expires_at: iso(row.expires_at),
    external_id: row.external_id,
    metadata: row.metadata as Record<string, unknown>, // Safe: written as an object.
    tags: row.tags,
    balance: money(row.balance_minor, row.currency),
    total_revenue: money(row.revenue_minor, row.currency),
    total_licenses: row.licenses_total,
    active_licenses: row.licenses_active,
    total_subscriptions: row.subscriptions_total,
    active_subscriptions: row.subscriptions_active,
    total_domains: row.domains_total,
    total_invoices: row.invoices_total,
    outstanding_invoices: row.invoices_outstanding,
    overdue_invoices: row.invoices_overdue,
    usage_percentage: row.usage_percentage,
    device_count: row.device_count,
    last_payment_at: iso(row.last_payment_at),
    joined_at: row.joined_at.toISOString(),
    erased_at: iso(row.erased_at),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
