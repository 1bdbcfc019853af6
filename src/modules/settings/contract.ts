import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { count, Country, Email, text, TimeZone } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import {
  ClosingSettings,
  PortalSettings,
  PortalSettingsInput,
  SelfServiceSettings,
} from "./contract/portal";

export * from "./contract/portal";

const line = (max: number) =>
  text(max).regex(/^[^\p{Cc}]*$/u, { error: "must be one line" });

/** Who sells: shown to customers, and in mails. */
export const CompanySettings = z.strictObject({
  name: line(80),
  support_email: Email.nullable(),
  url: z
    .url({ protocol: /^https?$/, error: "must begin with https://" })
    .max(300)
    .nullable(),
});
export type CompanySettings = z.output<typeof CompanySettings>;

const Prefix = z.string().regex(/^[A-Z][A-Z0-9]{0,7}$/, {
  error: "must have at most 8 of A-Z and 0-9, a letter first, as INV",
});

export const SecuritySettings = z.strictObject({
  staff_two_factor_required: z.boolean(),
  password_minimum: count(12, 64),
  session_days: count(1, 365),
  session_idle_minutes: count(5, 10_080).nullable().meta({
    description:
      "a browser in which nobody does anything for so long is signed out; null for never",
  }),
});
export type SecuritySettings = z.output<typeof SecuritySettings>;

const perMinute = count(1, 1_000_000);

/** Calls a minute of the app's own API, by class. */
export const LimitSettings = z.strictObject({
  general_per_minute: perMinute,
  portal_per_minute: perMinute,
  auth_per_minute: perMinute,
  tenants_per_minute: perMinute,
  tickets_per_minute: perMinute,
  licenses_per_minute: perMinute,
});
export type LimitSettings = z.output<typeof LimitSettings>;

/** How long what grows is kept. */
export const RetentionSettings = z.strictObject({
  usage_events_months: count(2, 120).meta({
    description: "whole months before this one whose usage events are kept",
  }),
});
export type RetentionSettings = z.output<typeof RetentionSettings>;

/** What the access check does when it cannot decide. */
export const AccessSettings = z.strictObject({
  fail_open: z.boolean().meta({
    description:
      "when the database cannot answer: allow calls that only have rate windows, flagged, instead of refusing all with 503",
  }),
});
export type AccessSettings = z.output<typeof AccessSettings>;

/** Who bills, and how: printed on invoices, which keep what was so when they were finalized. */
export const BillingSettings = z.strictObject({
  legal_name: line(160).nullable(),
  address: text(500).nullable(),
  country: Country.nullable(),
  tax_id: line(40).nullable(),
  time_zone: TimeZone,
  invoice_prefix: Prefix,
  credit_note_prefix: Prefix,
  payment_terms_days: count(0, 365),
  footer: text(1_000).nullable(),
});
export type BillingSettings = z.output<typeof BillingSettings>;
/** What becomes of licenses. */
export const LicenseSettings = z.strictObject({
  on_subscription_end: z.enum(["suspend", "expire", "keep"]).meta({
    description:
      "what the end of a subscription does to the licenses that came with it",
  }),
});
export type LicenseSettings = z.output<typeof LicenseSettings>;

/** What becomes of subscriptions that are not paid, and when their people are told. */
export const SubscriptionSettings = z.strictObject({
  grace_days: count(0, 60).meta({
    description: "that access goes on after a payment failed",
  }),
  dunning_end: z.enum(["unpaid", "canceled"]).meta({
    description: "what a subscription becomes when nobody paid until the end",
  }),
  payment_window_hours: count(1, 720).meta({
    description: "for the first payment, before the subscription expires",
  }),
  trial_notice_days: count(0, 30),
  renewal_notice_days: count(0, 60),
});
export type SubscriptionSettings = z.output<typeof SubscriptionSettings>;

const minutes = count(1, 43_200);

/** Minutes until an answer is owed, by the priority of a ticket. */
export const ResponseTargets = z.strictObject({
  urgent: minutes,
  high: minutes,
  normal: minutes,
  low: minutes,
});
export type ResponseTargets = z.output<typeof ResponseTargets>;

/** How soon tickets are answered, and when they close by themselves. */
export const SupportSettings = z.strictObject({
  response_minutes: ResponseTargets,
  plan_response_minutes: z
    .record(idOf("pln"), ResponseTargets)
    .refine((plans) => Object.keys(plans).length <= 100, {
      error: "must have at most 100 plans",
    })
    .meta({ description: "of customers with these plans" }),
  auto_close_days: count(1, 365).nullable().meta({
    description: "days after which a resolved ticket is closed; null for never",
  }),
});
export type SupportSettings = z.output<typeof SupportSettings>;
const DomainName = z
  .string()
  .toLowerCase()
  .regex(/^(?!.{254})([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
    error: "must be a domain, such as tenants.example.com",
  });

/** Where tenants are, which names nobody gets, how they are kept and when they go. */
export const TenantSettings = z.strictObject({
  domain: DomainName.nullable().meta({
    description:
      "a tenant is at its subdomain of it; null: they have no address",
  }),
  reserved: z
    .array(
      z.string().regex(/^[a-z0-9-]{1,63}$/, {
        error: "must be subdomains: a-z, 0-9 and hyphens",
      }),
    )
    .max(500)
    .meta({ description: "subdomains that nobody can have" }),
  terminate_after_days: count(0, 3_650).nullable().meta({
    description:
      "after a subscription's end its tenants are deleted; null: never",
  }),
  backup_every_hours: count(1, 720).nullable().meta({
    description: "each active tenant is backed up by itself; null: never",
  }),
  backup_keep: count(1, 365).meta({
    description: "of the backups made by themselves, the newest so many stay",
  }),
  backup_keep_days: count(1, 3_650).meta({
    description:
      "that copies stay which are made before a restore or a deletion",
  }),
});
export type TenantSettings = z.output<typeof TenantSettings>;

export const Settings = z
  .object({
    billing: BillingSettings,
    subscriptions: SubscriptionSettings,
    company: CompanySettings,
    portal: PortalSettings,
    self_service: SelfServiceSettings,
    closing: ClosingSettings,
    security: SecuritySettings,
    limits: LimitSettings,
    retention: RetentionSettings,
    access: AccessSettings,
    licenses: LicenseSettings,
    support: SupportSettings,
    tenants: TenantSettings,
  })
  .meta({ id: "Settings" });
export type Settings = z.output<typeof Settings>;

export const SettingsInput = z
  .strictObject({
    billing: BillingSettings.optional(),
    subscriptions: SubscriptionSettings.optional(),
    company: CompanySettings.optional(),
    portal: PortalSettingsInput.optional(),
    self_service: SelfServiceSettings.optional(),
    closing: ClosingSettings.optional(),
    security: SecuritySettings.optional(),
    limits: LimitSettings.optional(),
    retention: RetentionSettings.optional(),
    access: AccessSettings.optional(),
    licenses: LicenseSettings.optional(),
    support: SupportSettings.optional(),
    tenants: TenantSettings.optional(),
  })
  .refine((input) => Object.keys(input).length > 0, {
    error: "must name at least one group",
  })
  .meta({ id: "SettingsInput" });
export type SettingsInput = z.output<typeof SettingsInput>;

export const settingsApi = {
  get: endpoint({
    id: "settings.get",
    method: "GET",
    path: "/v1/settings",
    summary: "Get the settings of this installation",
    audience: ["staff", "service"],
    permission: "settings:read",
    response: Settings,
  }),
  update: endpoint({
    id: "settings.update",
    method: "PUT",
    path: "/v1/settings",
    summary: "Change groups of settings; those that are left out stay",
    description: "The group security is for staff only.",
    audience: ["staff", "service"],
    permission: "settings:write",
    body: SettingsInput,
    response: Settings,
    example: {
      company: {
        name: "Acme API",
        support_email: "help@example.com",
        url: "https://example.com",
      },
    },
  }),
};
