"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { Card } from "@/ui/display/card";
import { toast } from "@/ui/display/toaster";
import { Switch } from "@/ui/forms/switch";
import { notificationsApi, type NotificationPreference } from "../contract";

const groups = {
  security: {
    title: "Security",
    description: "These mails cannot be switched off: they tell you of danger",
  },
  usage: {
    title: "Usage",
    description: "Quotas, spend, and access that comes to an end",
  },
  billing: {
    title: "Billing",
    description: "Trials, renewals, payments that fail, and what differs",
  },
  support: { title: "Support", description: "Tickets and the answers in them" },
  tenants: {
    title: "Tenants",
    description:
      "When one is ready, could not be made, is suspended or deleted",
  },
  team: { title: "People", description: "Who joins, leaves and looks in" },
} as const;

// Safe: its own keys.
const order = Object.keys(groups) as (keyof typeof groups)[];

type Place = "in_app" | "mail";

/** Events by where one is told of them. Each choice is saved as it is made. */
export function PreferenceMatrix({
  preferences,
}: {
  preferences: NotificationPreference[];
}) {
  const [items, setItems] = useState(preferences);
  async function choose(
    chosen: NotificationPreference,
    place: Place,
    isOn: boolean,
  ) {
    const changed = { ...chosen, [place]: isOn };
    const put = (one: NotificationPreference) =>
      setItems((all) =>
        all.map((item) => (item.event === one.event ? one : item)),
      );
    put(changed);
    const { event, in_app, mail } = changed;
    try {
      const body = { items: [{ event, in_app, mail }] };
      await call(notificationsApi.setPreferences, { body });
    } catch (error) {
      put(chosen);
      const description = failureOf(error).message;
      toast.error("Your choice was not saved", { description });
    }
  }
  return order.map((group) => {
    const shown = items.filter((item) => item.group === group);
    return shown.length > 0 ? (
      <Card key={group} {...groups[group]} flush className="max-w-3xl">
        <Rows items={shown} onChoose={choose} />
      </Card>
    ) : null;
  });
}

type RowsProps = {
  items: NotificationPreference[];
  onChoose: (
    item: NotificationPreference,
    place: Place,
    isOn: boolean,
  ) => Promise<void>;
};

function Rows({ items, onChoose }: RowsProps) {
  return (
    <ul className="divide-y">
      {items.map((item) => (
        <li
          key={item.event}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3"
        >
          <div className="min-w-0 flex-1 basis-64">
            <p className="text-sm font-medium">{item.label}</p>
            <p className="text-xs text-ink-faint">{item.description}</p>
          </div>
          <div className="flex gap-6">
            <Switch
              label="In the app"
              aria-label={`${item.label}: in the app`}
              isSelected={item.in_app}
              onChange={(isOn) => void onChoose(item, "in_app", isOn)}
            />
            <Switch
              label="Mail"
              aria-label={`${item.label}: by mail`}
              isSelected={item.mail}
              isDisabled={item.is_mail_fixed}
              onChange={(isOn) => void onChoose(item, "mail", isOn)}
            />
          </div>
        </li>
      ))}
    </ul>
  );
}
