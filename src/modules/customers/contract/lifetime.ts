import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { Money } from "@/shared/fields";

/** What a customer has brought and is expected to bring. */
export const LifetimeValue = z
  .object({
    customer_id: idOf("cus"),
    revenue: Money.meta({
      description: "what was paid, less what was refunded",
    }),
    months: z.number().meta({
      description:
        "since it joined, to a tenth; until it was archived, if it is",
    }),
    average_per_month: Money.meta({
      description: "less than a month counts as one",
    }),
    expected_months: z.number().meta({
      description:
        "how long it is expected to stay from now on: months of all customers by those who left, at most 60; 0 for one who left",
    }),
    expected_value: Money.meta({
      description: "revenue + average_per_month × expected_months",
    }),
  })
  .meta({ id: "LifetimeValue" });
export type LifetimeValue = z.output<typeof LifetimeValue>;

export const lifetimeApi = {
  get: endpoint({
    id: "lifetime.get",
    method: "GET",
    path: "/v1/customers/{customer_id}/lifetime-value",
    summary: "Get what a customer has brought and is expected to bring",
    audience: ["staff", "service"],
    permission: "billing:read",
    params: z.object({ customer_id: idOf("cus") }),
    response: LifetimeValue,
    errors: ["NOT_FOUND"],
  }),
};
