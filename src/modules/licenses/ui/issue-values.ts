import type { License } from "../contract";

/** What the dialog that adds a license holds; numbers are NaN while empty. */
export type IssueValues = {
  customer_id: string | null;
  plan_id: string;
  name: string;
  interval: License["interval"];
  starts_on_activation: boolean;
  create_subscription: boolean;
  max_machines: number;
  max_domains: number;
};

export const issueLabels = {
  customer_id: "Customer",
  plan_id: "Plan",
  name: "Name",
  interval: "Billing cycle",
  starts_on_activation: "Its begin",
  create_subscription: "The subscription",
  max_machines: "Machines",
  max_domains: "Domains",
};

export const cycles = [
  { id: "month", label: "Monthly" },
  { id: "year", label: "Yearly" },
  { id: "once", label: "No cycle: it does not expire" },
];

/** The body for what was chosen. */
export function toIssueBody(values: IssueValues): unknown {
  const { customer_id, plan_id, name, interval } = values;
  const isSubscribed =
    values.create_subscription && plan_id !== "none" && interval !== "once";
  return {
    customer_id: customer_id ?? undefined,
    ...(plan_id !== "none" && { plan_id }),
    ...(name.trim() !== "" && { name: name.trim() }),
    interval,
    starts_on_activation: values.starts_on_activation && !isSubscribed,
    ...(isSubscribed && { create_subscription: true }),
    max_machines: orNull(values.max_machines),
    max_domains: orNull(values.max_domains),
  };
}

/** An empty NumberField as the API has it. */
export function orNull(typed: number): number | null {
  return Number.isNaN(typed) ? null : typed;
}
