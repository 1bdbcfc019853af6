import { createHash } from "node:crypto";
import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env } from "@/platform/env";
import { emit } from "@/platform/outbox";
import { singleton } from "@/platform/singleton";
import { DomainError, invalid } from "@/shared/errors";
import { namedId } from "@/shared/ids";
import { taxIdProblem } from "@/shared/tax-id";
import type { Settings, SettingsInput } from "../contract";
import { readImage } from "../image";
import { reservedSubdomains } from "../reserved-subdomains";
import {
  deleteLogo,
  findGroups,
  findLogo,
  lockSettings,
  upsertGroup,
  upsertLogo,
} from "../queries";

type Group = keyof Settings;
type Read = { at: number; settings: Promise<Settings> };

// As long as a change may go unseen by another process.
const fresh = 1_000;

/** The settings as of now, at most a second old. For verbs and pages of other modules. */
export async function settings(ctx: Ctx): Promise<Settings> {
  const last = cache().read;
  const now = ctx.now().getTime();
  if (last && Math.abs(now - last.at) < fresh) return last.settings;
  const read: Read = { at: now, settings: readSettings(ctx) };
  cache().read = read;
  read.settings.catch(() => {
    if (cache().read === read) cache().read = null;
  });
  return read.settings;
}

/** The settings as they are stored. Needs settings:read. */
export async function getSettings(ctx: Ctx): Promise<Settings> {
  authorize(ctx, "settings:read");
  return readSettings(ctx);
}

/** Change groups of settings. Needs settings:write; the group security, a member of staff too. */
export async function updateSettings(
  ctx: Ctx,
  input: SettingsInput,
): Promise<Settings> {
  authorize(ctx, "settings:write");
  if (input.security && ctx.actor.kind === "service")
    throw new DomainError(
      "FORBIDDEN",
      "Security settings are for people: sign in to the dashboard and change them there.",
    );
  if (input.billing) assertBilling(input.billing);
  const changed = await transaction(ctx, async (tx) => {
    await lockSettings(tx);
    const before = await readSettings(tx);
    const { portal, ...plain } = input;
    for (const [name, value] of Object.entries(plain))
      await upsertGroup(tx, name, value);
    if (portal) await storePortal(tx, portal, before.portal);
    const after = await readSettings(tx);
    // Safe: the contract has these groups and no others.
    for (const group of Object.keys(input) as Group[])
      await record(tx, {
        action: `settings.${group}_changed`,
        target: { kind: "setting", id: namedId("set", group) },
        before: before[group],
        after: after[group],
      });
    const groups = Object.keys(input).join(",");
    await emit(tx, { name: "settings.changed", payload: { groups } });
    return after;
  });
  cache().read = null;
  return changed;
}

/** The uploaded logo, or null. It is public: the sign-in page shows it. */
export async function getLogo(ctx: Ctx) {
  const logo = await findLogo(ctx);
  return logo && { type: logo.type, bytes: Buffer.from(logo.base64, "base64") };
}

function assertBilling(billing: Settings["billing"]): void {
  const { tax_id, country, invoice_prefix, credit_note_prefix } = billing;
  const problem = tax_id && taxIdProblem(tax_id, country);
  const errors = [
    ...(problem ? [{ field: "body.billing.tax_id", message: problem }] : []),
    ...(invoice_prefix === credit_note_prefix
      ? [
          {
            field: "body.billing.credit_note_prefix",
            message: "must differ from that of invoices",
          },
        ]
      : []),
  ];
  if (errors.length > 0) throw invalid(errors);
}

function cache(): { read: Read | null; last: Settings | null } {
  return singleton("settings", () => ({ read: null, last: null }));
}

/** The settings as this process last read them, however old; null before the first time. */
export function lastSettings(): Settings | null {
  return cache().last;
}

async function readSettings(ctx: Ctx): Promise<Settings> {
  return (cache().last = await readGroups(ctx));
}

async function readGroups(ctx: Ctx): Promise<Settings> {
  const groups = await findGroups(ctx);
  const preset = presets();
  return {
    billing: { ...preset.billing, ...groups.get("billing") },
    subscriptions: { ...preset.subscriptions, ...groups.get("subscriptions") },
    company: { ...preset.company, ...groups.get("company") },
    portal: { ...preset.portal, ...groups.get("portal") },
    self_service: { ...preset.self_service, ...groups.get("self_service") },
    closing: { ...preset.closing, ...groups.get("closing") },
    security: { ...preset.security, ...groups.get("security") },
    limits: { ...preset.limits, ...groups.get("limits") },
    retention: { ...preset.retention, ...groups.get("retention") },
    access: { ...preset.access, ...groups.get("access") },
    licenses: { ...preset.licenses, ...groups.get("licenses") },
    support: { ...preset.support, ...groups.get("support") },
    tenants: { ...preset.tenants, ...groups.get("tenants") },
  };
}

function presets(): Settings {
  const limits = env();
  return {
    billing: {
      legal_name: null,
      address: null,
      country: null,
      tax_id: null,
      time_zone: "UTC",
      invoice_prefix: "INV",
      credit_note_prefix: "CN",
      payment_terms_days: 14,
      footer: null,
    },
    subscriptions: {
      grace_days: 7,
      dunning_end: "unpaid",
      payment_window_hours: 24,
      trial_notice_days: 3,
      renewal_notice_days: 7,
    },
    company: { name: "Tollkeeper", support_email: null, url: null },
    portal: { accent: null, logo_url: null, first_call: null },
    self_service: {
      keys: true,
      plan: true,
      pause: true,
      cancel: true,
      payment_methods: true,
      tenants: true,
      modules: true,
      backups: true,
      devices: true,
      tickets: true,
      team: true,
      close: true,
    },
    closing: { wait_days: 14 },
    security: {
      staff_two_factor_required: false,
      password_minimum: 12,
      session_days: 30,
      session_idle_minutes: null,
    },
    limits: {
      general_per_minute: limits.LIMIT_GENERAL_PER_MINUTE,
      portal_per_minute: limits.LIMIT_PORTAL_PER_MINUTE,
      auth_per_minute: limits.LIMIT_AUTH_PER_MINUTE,
      tenants_per_minute: limits.LIMIT_TENANTS_PER_MINUTE,
      tickets_per_minute: limits.LIMIT_TICKETS_PER_MINUTE,
      licenses_per_minute: limits.LIMIT_LICENSES_PER_MINUTE,
    },
    retention: { usage_events_months: 13 },
    access: { fail_open: false },
    licenses: { on_subscription_end: "suspend" },
    support: {
      response_minutes: { urgent: 60, high: 240, normal: 1_440, low: 4_320 },
      plan_response_minutes: {},
      auto_close_days: 7,
    },
    tenants: {
      domain: null,
      reserved: [...reservedSubdomains],
      terminate_after_days: 30,
      backup_every_hours: 24,
      backup_keep: 7,
      backup_keep_days: 30,
    },
  };
}

async function storePortal(
  tx: TxCtx,
  { accent, logo, first_call }: NonNullable<SettingsInput["portal"]>,
  before: Settings["portal"],
): Promise<void> {
  const rest = {
    ...{ ...before, accent },
    ...(first_call !== undefined && { first_call }),
  };
  if (logo === undefined) return upsertGroup(tx, "portal", rest);
  if (logo === null) {
    await deleteLogo(tx);
    return upsertGroup(tx, "portal", { ...rest, logo_url: null });
  }
  const image = readImage(logo);
  if ("problem" in image)
    throw invalid([{ field: "body.portal.logo", message: image.problem }]);
  const base64 = image.bytes.toString("base64");
  const digest = createHash("sha256").update(image.bytes).digest("hex");
  await upsertLogo(tx, { type: image.type, base64, digest });
  const logo_url = `/brand/logo?v=${digest.slice(0, 16)}`;
  await upsertGroup(tx, "portal", { ...rest, logo_url });
}
