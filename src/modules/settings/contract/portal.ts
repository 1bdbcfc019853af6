import * as z from "zod";
import { capabilityNames, type Capability } from "@/shared/capabilities";
import { count, text } from "@/shared/fields";

const Accent = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, { error: "must be a color such as #3b5bdb" })
  .toLowerCase()
  .nullable();

const FirstCall = text(1_000).nullable().meta({
  description:
    "the command by which customers try their first call; {key} in it is their key",
  example:
    'curl https://api.example.com/v1/ping -H "Authorization: Bearer {key}"',
});

/** How the portal, the sign-in pages and mails look. */
export const PortalSettings = z.strictObject({
  accent: Accent,
  logo_url: z.string().nullable(),
  first_call: FirstCall,
});
export type PortalSettings = z.output<typeof PortalSettings>;

/** Bytes that a logo may have. */
export const logoBytes = 200_000;

export const PortalSettingsInput = z.strictObject({
  accent: Accent,
  first_call: FirstCall.optional(),
  logo: z
    .string()
    .max(Math.ceil((logoBytes * 4) / 3) + 40, {
      error: "must have at most 200 kB",
    })
    .regex(/^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/, {
      error: "must be a PNG, JPEG or WebP image",
    })
    .nullish()
    .meta({ description: "a data: URL; null for none; left out: as it is" }),
});

const isOn = (name: Capability) =>
  z.boolean().meta({ description: capabilityNames[name] });

/** What customers' people do by themselves: what is off is refused to them, and not to staff. */
export const SelfServiceSettings = z.strictObject({
  keys: isOn("keys"),
  plan: isOn("plan"),
  pause: isOn("pause"),
  cancel: isOn("cancel"),
  payment_methods: isOn("payment_methods"),
  tenants: isOn("tenants"),
  modules: isOn("modules"),
  backups: isOn("backups"),
  devices: isOn("devices"),
  tickets: isOn("tickets"),
  team: isOn("team"),
  close: isOn("close"),
} satisfies Record<Capability, z.ZodBoolean>);
export type SelfServiceSettings = z.output<typeof SelfServiceSettings>;

/** How accounts are closed by their owners. */
export const ClosingSettings = z.strictObject({
  wait_days: count(0, 90).meta({
    description:
      "between asking and closing, in which it can be taken back; 0: closed at once",
  }),
});
export type ClosingSettings = z.output<typeof ClosingSettings>;
