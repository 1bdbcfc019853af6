"use client";

import { NumberField } from "@/ui/forms/number-field";
import { RadioGroup } from "@/ui/forms/radio-group";
import { useFormField } from "@/ui/forms/use-form-field";
import type { SubscriptionSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

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
  const { control, card } = useSettingsForm<SubscriptionSettings>({
    group: "subscriptions",
    values: subscriptions,
    labels,
    saved: "Subscriptions saved",
  });
  const useNumber = (
    name: Exclude<keyof SubscriptionSettings, "dunning_end">,
  ) => ({
    ...useFormField(control, name),
    isDisabled: !mayWrite,
    isRequired: true,
    minValue: name === "payment_window_hours" ? 1 : 0,
    className: "max-w-80",
  });
  return (
    <SettingsCard
      title="Subscriptions"
      description="People are reminded 2, 7, 14 and 21 days after a payment failed or did not come."
      mayWrite={mayWrite}
      {...card}
    >
      <NumberField
        label="Grace"
        suffix="days"
        description="That access goes on after a payment failed."
        {...useNumber("grace_days")}
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
        {...useFormField(control, "dunning_end")}
        isDisabled={!mayWrite}
      />
      <NumberField
        label="Time for the first payment"
        suffix="hours"
        description="Before a subscription that waits for it expires."
        {...useNumber("payment_window_hours")}
      />
      <NumberField
        label="Notice before a trial ends"
        suffix="days"
        description="0: nobody is told."
        {...useNumber("trial_notice_days")}
      />
      <NumberField
        label="Notice before a renewal"
        suffix="days"
        description="0: nobody is told."
        {...useNumber("renewal_notice_days")}
      />
    </SettingsCard>
  );
}
