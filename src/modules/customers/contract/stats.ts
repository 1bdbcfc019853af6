import * as z from "zod";
import { idOf } from "@/shared/ids";
import { Money } from "@/shared/fields";

const whole = z.number().int();

const CurrencyStats = z.object({
  currency: z.string(),
  customers: whole,
  total_revenue: Money,
  average_customer_value: Money,
  average_balance: Money,
});

export const CustomerStats = z
  .object({
    total_customers: whole,
    active_customers: whole,
    inactive_customers: whole,
    suspended_customers: whole,
    pending_customers: whole,
    archived_customers: whole,
    expired_customers: whole.meta({
      description:
        "active ones whose access has ended, so that calls are refused; counted to 10,000",
    }),
    expiring_customers: whole.meta({
      description:
        "active ones whose access ends within seven days; counted to 10,000",
    }),
    customers_with_licenses: whole,
    customers_with_subscriptions: whole,
    new_customers_this_week: whole,
    new_customers_this_month: whole,
    new_customers_last_month: whole,
    total_revenue: Money.meta({
      description: "in the currency that most customers have",
    }),
    average_customer_value: Money,
    average_balance: Money,
    average_lifetime_value: Money.meta({
      description:
        "average revenue a month × expected_lifetime_months, in the currency that most customers have",
    }),
    expected_lifetime_months: z.number().meta({
      description:
        "months of all customers by those who left (are archived); at most 60",
    }),
    by_currency: z.array(CurrencyStats),
    top_customers_by_balance: z.array(
      z.object({ id: idOf("cus"), name: z.string(), balance: Money }),
    ),
    new_customers_daily: z
      .array(z.object({ date: z.iso.date(), customers: whole }))
      .meta({ description: "the last 30 days, UTC, zeros included" }),
  })
  .meta({ id: "CustomerStats" });
export type CustomerStats = z.output<typeof CustomerStats>;
