"use client";

import { useWatch } from "react-hook-form";
import { defaultAccent } from "@/shared/accent";
import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { PortalSettings } from "../contract";
import { AccentPreview } from "./accent-preview";
import { LogoField } from "./logo-field";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

/** `logo` is a data: URL for a new one, null for none, undefined for the one that there is. */
type Values = {
  accent: string;
  logo: string | null | undefined;
  first_call: string;
};

/** Logo and colour of what customers see. */
export function PortalForm({
  portal,
  mayWrite,
}: {
  portal: PortalSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<Values>({
    group: "portal",
    values: {
      accent: portal.accent ?? "",
      logo: undefined,
      first_call: portal.first_call ?? "",
    },
    labels: {
      accent: "The accent color",
      logo: "The logo",
      first_call: "The first call",
    },
    toGroup: ({ accent, logo, first_call }) => ({
      accent: accent.trim() || null,
      first_call: first_call.trim() || null,
      ...(logo !== undefined && { logo }),
    }),
    saved: "Portal saved",
  });
  const accent = useFormField(control, "accent");
  const typed = useWatch({ control, name: "accent" });
  const logo = useFormField(control, "logo");
  return (
    <SettingsCard
      title="Portal"
      description="How the portal, the sign-in pages and mails look"
      mayWrite={mayWrite}
      {...card}
    >
      <LogoField
        current={portal.logo_url}
        value={logo.value}
        onChange={logo.onChange}
        error={logo.error}
        isDisabled={!mayWrite}
      />
      <TextField
        label="Accent color"
        isOptional
        mono
        autoComplete="off"
        placeholder={defaultAccent}
        description="Of buttons, links and what is chosen. Shades of it are made so that text on them can be read."
        prefix={
          <input
            type="color"
            aria-label="Pick the accent color"
            value={isColor(typed) ? typed : defaultAccent}
            onChange={({ target }) => accent.onChange(target.value)}
            disabled={!mayWrite}
            className="h-5 w-6 cursor-pointer border-0 bg-transparent p-0"
          />
        }
        {...accent}
        isDisabled={!mayWrite}
      />
      <AccentPreview color={isColor(typed) ? typed : defaultAccent} />
      <TextArea
        label="First call"
        isOptional
        mono
        rows={2}
        placeholder='curl https://api.example.com/v1/ping -H "Authorization: Bearer {key}"'
        description="A command that calls your API. New customers are shown it with their key in place of {key}."
        {...useFormField(control, "first_call")}
        isDisabled={!mayWrite}
      />
    </SettingsCard>
  );
}

function isColor(text: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(text);
}
