"use client";

import {
  CalendarPlus,
  CirclePause,
  CirclePlay,
  CircleX,
  Ellipsis,
} from "lucide-react";
import dynamic from "next/dynamic";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Menu, type MenuEntry } from "@/ui/overlays/menu";
import { subscriptionsApi, type Subscription } from "../contract";
import { isOver } from "./subscription-words";

const SubscriptionDialogs = dynamic(() => import("./subscription-dialogs"), {
  ssr: false,
});

/** What staff can do with a subscription: the next step as a button, the rest in a menu. */
export function SubscriptionActions({
  subscription,
}: {
  subscription: Subscription;
}) {
  const { show, open } = useDialogUrl();
  const { act, isPending } = useAct();
  const params = { subscription_id: subscription.id };
  if (isOver(subscription) || subscription.is_billed_by_provider) return null;
  const { status, cancel_at } = subscription;
  const isRunning = status === "active" || status === "trialing";
  const items = entriesOf(subscription, (name) => void open(name));
  return (
    <>
      {isRunning && !cancel_at ? (
        <Button variant="primary" onPress={() => void open("change")}>
          Change plan
        </Button>
      ) : null}
      {cancel_at ? (
        <Button
          variant="primary"
          isPending={isPending}
          onPress={() =>
            void act(() => call(subscriptionsApi.resume, { params }), {
              done: "The subscription goes on",
              failed: "It was not resumed",
            })
          }
        >
          Resume
        </Button>
      ) : null}
      {status === "paused" ? (
        <Button
          variant="primary"
          icon={<CirclePlay />}
          isPending={isPending}
          onPress={() =>
            void act(() => call(subscriptionsApi.unpause, { params }), {
              done: "The subscription goes on",
              failed: "It was not unpaused",
            })
          }
        >
          Unpause
        </Button>
      ) : null}
      <Menu
        label={`Actions for ${subscription.plan.name}`}
        trigger={
          <IconButton
            label="More actions"
            icon={<Ellipsis />}
            variant="secondary"
          />
        }
        items={items}
      />
      {show ? <SubscriptionDialogs subscription={subscription} /> : null}
    </>
  );
}

function entriesOf(
  { status }: Subscription,
  open: (dialog: string) => void,
): MenuEntry[] {
  const isRunning = status === "active" || status === "trialing";
  return [
    ...(status === "trialing"
      ? [
          {
            id: "extend",
            label: "Extend trial…",
            icon: <CalendarPlus />,
            onAction: () => open("extend"),
          },
        ]
      : []),
    ...(isRunning
      ? [
          {
            id: "pause",
            label: "Pause…",
            icon: <CirclePause />,
            onAction: () => open("pause"),
          },
        ]
      : []),
    {
      id: "cancel",
      label: "Cancel…",
      icon: <CircleX />,
      tone: "danger" as const,
      onAction: () => open("cancel"),
    },
  ];
}
