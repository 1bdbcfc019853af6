import type { PublicPlan } from "@/modules/plans/contract";
import { fittingPlan } from "@/modules/plans/ui/fitting-plan";

type Given = {
  name: string;
  price: number;
  calls?: number | null;
  overage?: boolean;
  cap?: string;
  currency?: string;
};

function plan(given: Given): PublicPlan {
  const { name, price, calls, overage = false, cap } = given;
  const { currency = "USD" } = given;
  return {
    ...{ id: "pln_1", version_id: "plv_1", code: "a", description: "" },
    ...{ name, trial_days: 0, charges: [], limits: null },
    prices: [{ interval: "month", price: { amount: price, currency } }],
    features:
      calls === undefined
        ? []
        : [
            {
              ...{ kind: "metered", feature: "calls", title: "Calls" },
              ...{ meter: "calls", meter_id: "mtr_1", unit: "call" },
              ...{ overage, quota: calls },
            },
          ],
    spend_cap: cap ? { amount: cap, currency: "USD" } : null,
  };
}

const free = plan({ name: "Free", price: 0, calls: 100, cap: "5" });
const basic = plan({ name: "Basic", price: 2_900, calls: 1_000, cap: "50" });
const pro = plan({ name: "Pro", price: 7_900, calls: 5_000, cap: "150" });
const whole = plan({ name: "Whole", price: 19_900, calls: null });
const other = plan({ name: "Euro", price: 1, calls: null, currency: "EUR" });
const plain = plan({ name: "Plain", price: 10 });
const all = [whole, pro, other, plain, basic, free];

test.each([
  ["calls", 99, "Free"],
  ["calls", 100, "Basic"],
  ["calls", 1_500, "Pro"],
  ["calls", 5_000, "Whole"],
  ["spend", 40, "Plain"],
  ["unknown", 1, undefined],
])(
  "of %s, more than %d a period is allowed first by %s",
  (meter, moreThan, name) => {
    const need = { meter, moreThan, currency: "USD" };
    expect(fittingPlan(all, need)?.name).toBe(name);
  },
);

test("a plan whose overage is billed allows any amount", () => {
  const metered = plan({ name: "Pay", price: 5, calls: 1, overage: true });
  const need = { meter: "calls", moreThan: 1e9, currency: "USD" };
  expect(fittingPlan([whole, metered], need)?.name).toBe("Pay");
});
