"use client";

import type { Control } from "react-hook-form";
import { capabilityNames, type Capability } from "@/shared/capabilities";
import { Checkbox } from "@/ui/forms/checkbox";
import { useFormField } from "@/ui/forms/use-form-field";
import type { SelfServiceSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

const groups: { title: string; names: Capability[] }[] = [
  { title: "Use", names: ["keys", "devices"] },
  { title: "Billing", names: ["plan", "pause", "cancel", "payment_methods"] },
  { title: "Tenants", names: ["tenants", "modules", "backups"] },
  { title: "Help and people", names: ["tickets", "team", "close"] },
];
const labels = Object.fromEntries(
  Object.entries(capabilityNames).map(([name, text]) => [name, `“${text}”`]),
);

/** What customers’ people do by themselves. */
export function SelfServiceForm({
  selfService,
  mayWrite,
}: {
  selfService: SelfServiceSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<SelfServiceSettings>({
    group: "self_service",
    values: selfService,
    labels,
    saved: "Self-service saved",
  });
  return (
    <SettingsCard
      title="Self-service"
      description="What your customers’ people do by themselves. What is off is refused to them, and the portal does not offer it: they see what they have, and ask you. Your team can do it for them."
      mayWrite={mayWrite}
      {...card}
    >
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        {groups.map(({ title, names }) => (
          <fieldset key={title} className="flex min-w-0 flex-col gap-2">
            <legend className="mb-2 text-xs font-medium text-ink-muted">
              {title}
            </legend>
            {names.map((name) => (
              <One key={name} {...{ control, name }} isDisabled={!mayWrite} />
            ))}
          </fieldset>
        ))}
      </div>
    </SettingsCard>
  );
}

type OneProps = {
  control: Control<SelfServiceSettings>;
  name: Capability;
  isDisabled: boolean;
};

function One({ control, name, isDisabled }: OneProps) {
  const { value, ...field } = useFormField(control, name);
  return (
    <Checkbox
      label={capabilityNames[name]}
      isSelected={value}
      {...field}
      isDisabled={isDisabled}
    />
  );
}
