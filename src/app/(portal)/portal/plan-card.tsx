import type { Subscription } from "@/modules/subscriptions/contract";
import { priceWords } from "@/modules/subscriptions/ui/subscription-words";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";

/** The plan of the viewer's customer in short. */
export function PlanInShort({
  subscription: sub,
}: {
  subscription: Subscription;
}) {
  return (
    <Card
      title={`Your plan: ${sub.plan.name}`}
      actions={
        <LinkButton href="/portal/plan" size="sm">
          Plan and billing
        </LinkButton>
      }
    >
      <DescriptionList
        look="grid"
        items={[
          { label: "Status", value: <StatusBadge status={sub.status} /> },
          { label: "Price", value: priceWords(sub) },
          {
            label: sub.cancel_at ? "Ends" : "Next bill",
            value: (
              <Time
                value={sub.cancel_at ?? sub.current_period_end}
                format="date"
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
