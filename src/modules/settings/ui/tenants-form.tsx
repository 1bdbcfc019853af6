"use client";

import { TextArea } from "@/ui/forms/text-area";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import type { TenantSettings } from "../contract";
import { SettingsCard } from "./settings-card";
import { useSettingsForm } from "./use-settings-form";

type Values = Record<keyof TenantSettings, string>;

const labels = {
  domain: "The domain",
  reserved: "The reserved subdomains",
  terminate_after_days: "The days before a deletion",
  backup_every_hours: "The hours between backups",
  backup_keep: "The number of backups",
  backup_keep_days: "The days that last copies are kept",
};

const text = (value: number | null) => (value === null ? "" : String(value));

/** Where tenants are, which names nobody gets, how they are kept and when they go. */
export function TenantsForm({
  tenants,
  mayWrite,
}: {
  tenants: TenantSettings;
  mayWrite: boolean;
}) {
  const { control, card } = useSettingsForm<Values>({
    group: "tenants",
    values: {
      domain: tenants.domain ?? "",
      reserved: tenants.reserved.join(", "),
      terminate_after_days: text(tenants.terminate_after_days),
      backup_every_hours: text(tenants.backup_every_hours),
      backup_keep: text(tenants.backup_keep),
      backup_keep_days: text(tenants.backup_keep_days),
    },
    labels,
    toGroup: toTenants,
    saved: "Tenants saved",
  });
  const useField = (name: keyof Values) => ({
    ...useFormField(control, name),
    isDisabled: !mayWrite,
    autoComplete: "off",
  });
  const digits = { inputMode: "numeric" } as const;
  return (
    <SettingsCard
      title="Tenants"
      description="Installations that are kept for customers"
      mayWrite={mayWrite}
      {...card}
    >
      <TextField
        label="Domain"
        isOptional
        placeholder="tenants.example.com"
        description="Each tenant is at its subdomain of it. Empty: they have no address."
        {...useField("domain")}
      />
      <TextArea
        label="Reserved subdomains"
        isOptional
        rows={4}
        description="That nobody can have, with commas between them."
        {...useField("reserved")}
      />
      <TextField
        label="Days until a deletion"
        isOptional
        description="After a subscription’s end; a last backup is made. Empty: never."
        {...digits}
        {...useField("terminate_after_days")}
      />
      <TextField
        label="Hours between backups"
        isOptional
        description="Of each active tenant. Empty: only by hand."
        {...digits}
        {...useField("backup_every_hours")}
      />
      <TextField
        label="Backups that stay"
        isRequired
        description="Of those by schedule, the newest so many."
        {...digits}
        {...useField("backup_keep")}
      />
      <TextField
        label="Days that last copies stay"
        isRequired
        description="Those that are made before a restore or a deletion."
        {...digits}
        {...useField("backup_keep_days")}
      />
    </SettingsCard>
  );
}

function toTenants(typed: Values): unknown {
  const whole = (value: string) =>
    /^\d+$/.test(value.trim()) ? Number(value) : value;
  const orNull = (value: string) => (value.trim() ? whole(value) : null);
  return {
    domain: typed.domain.trim() || null,
    reserved: typed.reserved.split(/[\s,]+/).filter((name) => name !== ""),
    terminate_after_days: orNull(typed.terminate_after_days),
    backup_every_hours: orNull(typed.backup_every_hours),
    backup_keep: whole(typed.backup_keep),
    backup_keep_days: whole(typed.backup_keep_days),
  };
}
