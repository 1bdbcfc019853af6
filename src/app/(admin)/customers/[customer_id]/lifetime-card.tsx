import type { LifetimeValue } from "@/modules/customers/contract/lifetime";
import { InfoTip } from "@/ui/controls/info-tip";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { Money } from "@/ui/display/money";

/** What the customer has brought so far, and what it is expected to bring in all. */
export function LifetimeCard({ value }: { value: LifetimeValue }) {
  const { revenue, months, average_per_month, expected_months } = value;
  return (
    <Card title="Lifetime value">
      <DescriptionList
        items={[
          { label: "Revenue so far", value: <Money value={revenue} /> },
          { label: "With you for", value: monthsText(months) },
          {
            label: "Average a month",
            value: <Money value={average_per_month} />,
          },
          {
            label: "Expected in all",
            value: (
              <span className="flex items-center gap-1">
                <Money value={value.expected_value} className="font-medium" />
                <InfoTip about="the expected value">
                  {`Revenue so far + average a month × ${monthsText(expected_months)}, which is how long it is expected to stay from now on: the months of all customers by the number of those who left, at most 60.`}
                </InfoTip>
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}

function monthsText(months: number): string {
  return `${months.toLocaleString("en")} ${months === 1 ? "month" : "months"}`;
}
