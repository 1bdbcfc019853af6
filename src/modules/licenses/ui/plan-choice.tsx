"use client";

import { useWatch, type Control } from "react-hook-form";
import { useRead } from "@/client/query";
import { plansApi, type Plan } from "@/modules/plans/contract";
import { formatMoney } from "@/shared/money";
import { Select } from "@/ui/forms/select";
import { useFormField } from "@/ui/forms/use-form-field";
import { issueLabels, type IssueValues } from "./issue-values";

/** The plan whose license it is; its figures are those of the chosen cycle. */
export function PlanChoice({ control }: { control: Control<IssueValues> }) {
  const interval = useWatch({ control, name: "interval" });
  const { data, error } = useRead(plansApi.list, {
    query: { status: "active", per_page: 100 },
  });
  return (
    <Select
      label={issueLabels.plan_id}
      description={
        error
          ? "The plans could not be loaded; a license needs none."
          : "The license gets what the plan allows."
      }
      options={[
        { id: "none", label: "No plan" },
        ...(data?.items ?? []).map((plan) => ({
          id: plan.id,
          label: plan.name,
          description: priceOf(plan, interval),
        })),
      ]}
      {...useFormField(control, "plan_id")}
    />
  );
}

function priceOf(
  { current_version }: Plan,
  interval: IssueValues["interval"],
): string {
  const prices = (current_version?.prices ?? [])
    .filter((one) => interval === "once" || one.interval === interval)
    .map(({ price, interval: per }) => `${formatMoney(price)} a ${per}`);
  return prices.join(" · ") || `No price a ${interval}`;
}
