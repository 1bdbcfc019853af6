import * as z from "zod";

/** The part of the environment that says what keeps tenants, and what may be called for that. */
export const tenantSettings = {
  TENANT_DRIVER: z
    .enum(["sandbox", "odoo", "webhook"])
    .optional()
    .describe(
      "what keeps new tenants; unset: `odoo` with `ODOO_URL`, `webhook` with `PROVISIONER_URL`, else `sandbox`",
    ),
  TENANT_DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe(
      "PostgreSQL that holds the sandbox’s tenants, each in a database of its own, by a role that may create them; unset: that of `DATABASE_URL`",
    ),
  TENANT_BACKUP_DIR: z
    .string()
    .min(1)
    .default(".data/tenant-backups")
    .describe("folder where backups are kept that Odoo gives as files"),
  ODOO_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Odoo server that keeps tenants, one database each"),
  ODOO_MASTER_PASSWORD: z
    .string()
    .min(1)
    .optional()
    .describe("its master password, for creating and dropping databases"),
  ODOO_TEMPLATE_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, "must be a database's name")
    .optional()
    .describe(
      "database there that new tenants are copies of; unset: they begin empty",
    ),
  ODOO_API_KEY: z
    .string()
    .min(1)
    .optional()
    .describe(
      "API key of an administrator of the template, whose copies have it too: Odoo 19 and later is asked by JSON-2 with it, and by JSON-RPC without",
    ),
  ODOO_LANGUAGE: z
    .string()
    .regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, "must be a language, such as en_US")
    .default("en_US")
    .describe("language of new databases there"),
  PROVISIONER_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("your own program that keeps tenants; see docs/tenants.md"),
  PROVISIONER_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "must be whsec_ and base64")
    .optional()
    .describe("signs what it is sent, and what it calls back"),
  PROVISIONER_WAIT_MINUTES: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(10_080)
    .default(60)
    .describe("how long it is waited for since it called back last"),
  OUTBOUND_PRIVATE_HOSTS: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((one) => one.trim() || []))
    .describe(
      "hosts, comma-separated, that may be called although they are at private addresses: `odoo.internal` or `10.0.0.5:8069`",
    ),
};
