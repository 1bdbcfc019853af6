"use client";

import { RadioGroup } from "@/ui/forms/radio-group";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { SubscriptionSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

type Values = Record<keyof SubscriptionSettings, string>;

const labels = {
  grace_days: "The days of grace",
  dunning_end: "The end of dunning",
  payment_window_hours: "The time for the first payment",
  trial_notice_days: "The notice of a trial’s end",
  renewal_notice_days: "The notice of a renewal",
};

/** What becomes of subscriptions that are not paid, and when people are told. */
export function SubscriptionsForm({
  subscriptions,
  mayWrite,
}: {
  subscriptions: SubscriptionSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<Values>({
    group: "subscriptions",
    values: {
      grace_days: String(subscriptions.grace_days),
      dunning_end: subscriptions.dunning_end,
      payment_window_hours: String(subscriptions.payment_window_hours),
      trial_notice_days: String(subscriptions.trial_notice_days),
      renewal_notice_days: String(subscriptions.renewal_notice_days),
    },
    labels,
    toGroup: toSubscriptions,
    saved: "Subscriptions saved",
  });
  const useField = (name: keyof Values) => ({
    ...useFormField(control, name),
    isDisabled: !mayWrite,
  });
  const digits = {
    isRequired: true,
    inputMode: "numeric",
    autoComplete: "off",
  } as const;
  return (
    <SettingsCard
      title="Subscriptions"
      description="People are reminded 2, 7, 14 and 21 days after a payment failed or did not come."
      mayWrite={mayWrite}
      {...card}
    >
      <TextField
        label="Days of grace"
        description="That access goes on after a payment failed."
        {...digits}
        {...useField("grace_days")}
      />
      <RadioGroup
        label="Without a payment"
        options={[
          {
            id: "unpaid",
            label: "It is unpaid",
            description: "It goes on once it is paid.",
          },
          {
            id: "canceled",
            label: "It is canceled",
            description: "Whoever comes back subscribes anew.",
          },
        ]}
        {...useField("dunning_end")}
      />
      <TextField
        label="Hours for the first payment"
        description="Before a subscription that waits for it expires."
        {...digits}
        {...useField("payment_window_hours")}
      />
      <TextField
        label="Days of notice before a trial ends"
        description="0: nobody is told."
        {...digits}
        {...useField("trial_notice_days")}
      />
      <TextField
        label="Days of notice before a renewal"
        description="0: nobody is told."
        {...digits}
        {...useField("renewal_notice_days")}
      />
    </SettingsCard>
  );
}

function toSubscriptions(typed: Values): unknown {
  const whole = (text: string) =>
    /^\d+$/.test(text.trim()) ? Number(text) : text;
  return {
    grace_days: whole(typed.grace_days),
    dunning_end: typed.dunning_end,
    payment_window_hours: whole(typed.payment_window_hours),
    trial_notice_days: whole(typed.trial_notice_days),
    renewal_notice_days: whole(typed.renewal_notice_days),
  };
}
