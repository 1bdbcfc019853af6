"use client";

import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Subscription } from "@/modules/subscriptions/contract";
import { priceWords } from "@/modules/subscriptions/ui/subscription-words";
import { Button } from "@/ui/controls/button";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";

export type CurrentPlanProps = {
  subscription: Subscription;
  mayPause: boolean;
  mayCancel: boolean;
};

/** The plan one has, with the ways to pause it, to end it, and to go on. */
export function CurrentPlan(props: CurrentPlanProps) {
  const { subscription } = props;
  const { cancel_at, status, resumes_at } = subscription;
  return (
    <Card
      title={subscription.plan.name}
      actions={subscription.is_billed_by_provider ? null : <Acts {...props} />}
    >
      <DescriptionList
        look="grid"
        items={[
          { label: "Status", value: <StatusBadge status={status} /> },
          { label: "Price", value: priceWords(subscription) },
          status === "paused" && !cancel_at
            ? {
                label: "Goes on",
                value: (
                  <Time
                    value={resumes_at}
                    format="date"
                    empty="When you say so"
                  />
                ),
              }
            : {
                label: cancel_at ? "Ends" : "Next bill",
                value: (
                  <Time
                    value={cancel_at ?? subscription.current_period_end}
                    format="date"
                  />
                ),
              },
        ]}
      />
    </Card>
  );
}

function Acts({ subscription, mayPause, mayCancel }: CurrentPlanProps) {
  const { open } = useDialogUrl();
  const { cancel_at, status } = subscription;
  const isRunning = status === "active" || status === "trialing";
  return (
    <>
      {mayPause && status === "paused" ? (
        <Button variant="primary" onPress={() => void open("unpause")}>
          Go on
        </Button>
      ) : null}
      {mayPause && isRunning && !cancel_at ? (
        <Button onPress={() => void open("pause")}>Pause</Button>
      ) : null}
      {mayCancel && cancel_at ? <Resume id={subscription.id} /> : null}
      {mayCancel && !cancel_at ? (
        <Button onPress={() => void open("cancel")}>Cancel plan</Button>
      ) : null}
    </>
  );
}

function Resume({ id }: { id: string }) {
  const { act, isPending } = useAct();
  const resume = async () => {
    const acts = await import("@/modules/subscriptions/ui/subscription-acts");
    return acts.resume(id);
  };
  return (
    <Button
      variant="primary"
      isPending={isPending}
      onPress={() =>
        void act(resume, {
          done: "Your plan goes on",
          failed: "It was not resumed",
        })
      }
    >
      Resume
    </Button>
  );
}
