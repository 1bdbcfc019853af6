import * as z from "zod";
import { limitSettings } from "./limit-settings";
import { inOurNames } from "./older-names";
import { operationSettings } from "./operation-settings";
import { mailboxProblems, supportSettings } from "./support-settings";
import { tenantSettings } from "./tenant-settings";

const whole = (min: number, max: number) =>
  z.coerce.number<string>().int().min(min).max(max);

const notAnOrigin = "must be exact origins, such as https://app.example.com";

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text)
    ? new URL(text).origin === text
    : false;
}

/** Every setting that comes from the environment; README's table is generated from it. */
export const Env = z.object({
  NODE_ENV: z
    .enum(["production", "development", "test"])
    .default("production")
    .describe("`development` for `npm run dev`"),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .describe(
      "PostgreSQL 15 or later. Unset: the scripts start an embedded one",
    ),
  APP_URL: z
    .url({ protocol: /^https?$/ })
    .default("http://localhost:3000")
    .describe("where browsers reach the app; https turns on secure cookies"),
  APP_SECRET: z
    .string()
    .min(32, "must have at least 32 characters: openssl rand -hex 32")
    .describe("signs sessions and hashes keys; the scripts make one in .data/"),
  ACCESS_TOKEN_SECONDS: whole(60, 86_400)
    .default(3_600)
    .describe("how long an access token of the portal's API lasts"),
  REFRESH_TOKEN_SECONDS: whole(3_600, 31_536_000)
    .default(2_592_000)
    .describe("how long the refresh token lasts that is given with it"),
  HOST: z.string().min(1).default("127.0.0.1").describe("address to listen on"),
  PORT: whole(0, 65_535).default(3000).describe("port to listen on"),
  TRUSTED_PROXY_HOPS: whole(0, 10)
    .default(0)
    .describe("proxies in front whose X-Forwarded-For entry is believed"),
  WORKER_MODE: z
    .enum(["inline", "off"])
    .default("inline")
    .describe("`off` when `npm run worker` runs the jobs"),
  DATABASE_POOL: whole(2, 100)
    .default(10)
    .describe("connections of one process for ordinary queries"),
  DATABASE_WAIT_SECONDS: whole(1, 60)
    .default(2)
    .describe(
      "how long a call waits for a busy database before it is answered with 503",
    ),
  ...operationSettings,
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe("mail server, `smtp://user:password@host:587`; unset: no mail"),
  MAIL_FROM: z
    .string()
    .regex(z.regexes.email, "must be an email address alone")
    .optional()
    .describe("address that mails come from; needed with `SMTP_URL`"),
  DEV_MAILBOX: z
    .enum(["on", "off"])
    .optional()
    .describe(
      "`on` shows mails at `/dev/mail` when there is no `SMTP_URL`; unset: on outside production",
    ),
  ...limitSettings,
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe(
      "keeps customers' rate windows and the app's own limits there; quotas and spend stay in PostgreSQL",
    ),
  REDIS_CLUSTER: z
    .enum(["on", "off"])
    .default("off")
    .describe("`on` when `REDIS_URL` is a node of a Redis Cluster"),
  OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "identity provider whose people may sign in; its redirect address is `APP_URL` and `/api/auth/callback/oidc`",
    ),
  OIDC_CLIENT_ID: z
    .string()
    .optional()
    .describe("what this app is called there"),
  OIDC_CLIENT_SECRET: z.string().optional().describe("its secret there"),
  OIDC_NAME: z
    .string()
    .max(40)
    .default("single sign-on")
    .describe("what the button on the sign-in page calls it"),
  GOOGLE_CLIENT_ID: z
    .string()
    .optional()
    .describe("turns on signing in with Google (`/api/auth/callback/google`)"),
  GOOGLE_CLIENT_SECRET: z.string().optional().describe("its secret there"),
  GITHUB_CLIENT_ID: z
    .string()
    .optional()
    .describe("turns on signing in with GitHub (`/api/auth/callback/github`)"),
  GITHUB_CLIENT_SECRET: z.string().optional().describe("its secret there"),
  SANDBOX_PAYMENTS: z
    .enum(["on", "off"])
    .optional()
    .describe(
      "a payment provider that moves no money, to try billing out; unset: on outside production, which refuses it unless `APP_URL` and `HOST` are this machine",
    ),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_\w+$/, "must be a secret key, sk_… or rk_…")
    .optional()
    .describe("turns on payments by Stripe: a secret or restricted key"),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_\w+$/, "must be a signing secret, whsec_…")
    .optional()
    .describe("signs Stripe’s events to `/api/v1/webhooks/stripe`"),
  STRIPE_API_BASE: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      "a stand-in for Stripe’s API, to try things out; production refuses it unless `APP_URL` and `HOST` are this machine",
    ),
  PADDLE_API_KEY: z
    .string()
    .regex(/^\w{20,}$/, "must be an API key, pdl_…")
    .optional()
    .describe(
      "turns on payments by Paddle; a key of its sandbox, pdl_sdbx_…, is asked there",
    ),
  PADDLE_WEBHOOK_SECRET: z
    .string()
    .min(20, "must be the secret of a notification destination")
    .optional()
    .describe("signs Paddle’s events to `/api/v1/webhooks/paddle`"),
  PADDLE_API_BASE: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("the same for Paddle’s API"),
  ...supportSettings,
  BACKUP_DIR: z
    .string()
    .min(1)
    .optional()
    .describe(
      "folder for a backup of the database every night, and the register of erasures; unset: none is made",
    ),
  BACKUP_KEEP_DAYS: whole(1, 3_650)
    .default(14)
    .describe("how long those are kept"),
  ...tenantSettings,
  CORS_ORIGINS: z
    .string()
    .default("")
    .transform((list) => list.split(",").flatMap((one) => one.trim() || []))
    .pipe(z.array(z.string().refine(isOrigin, { error: notAnOrigin })))
    .describe(
      "origins, comma-separated, whose pages may call /api/v1 with a token",
    ),
});
export type Env = z.output<typeof Env>;

const weak = /^(.)\1*$|secret|password|changeme|example/i;

/**
 * The settings, parsed on first use. Throws one Error that names every bad or missing value,
 * so that a boot with wrong settings stops with words.
 */
export function env(): Env {
  return (parsed ??= parseEnv(process.env));
}

/** Set the variables that libraries read for themselves, from ours. For the process entries. */
export function equipLibraries(): void {
  process.env["NEXTAUTH_URL"] = env().APP_URL;
  process.env["NEXT_TELEMETRY_DISABLED"] = "1";
}

/** Parse an environment. Exported for tests; the app calls `env()`. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const result = Env.safeParse(inOurNames(source));
  const problems = result.success
    ? weaknesses(result.data)
    : result.error.issues.map(
        (issue) => `${issue.path.map(String).join(".")}: ${issue.message}`,
      );
  if (result.success && problems.length === 0) return result.data;
  throw new Error(
    `The environment is not right, so the app does not start:\n  ${problems.join("\n  ")}\nSee .env.example for what each setting means.`,
  );
}

function weaknesses(settings: Env): string[] {
  const isWeak = (secret: string | undefined) =>
    settings.NODE_ENV === "production" && secret && weak.test(secret);
  return [
    ...(["APP_SECRET", "METRICS_TOKEN"] as const).flatMap((name) =>
      isWeak(settings[name])
        ? [`${name}: is a default or too simple: openssl rand -hex 32`]
        : [],
    ),
    ...(settings.SANDBOX_PAYMENTS === "on" && isPublic(settings)
      ? [
          "SANDBOX_PAYMENTS: must be off in production: anybody could pay with nothing",
        ]
      : []),
    ...(["STRIPE_API_BASE", "PADDLE_API_BASE"] as const).flatMap((name) =>
      settings[name] && isPublic(settings)
        ? [
            `${name}: must not be set in production: payments would go to a stand-in`,
          ]
        : [],
    ),
    ...(settings.SMTP_URL && !settings.MAIL_FROM
      ? ["MAIL_FROM: is needed with SMTP_URL: the address mails come from"]
      : []),
    ...togetherOnly.flatMap((names) => {
      const missing = names.filter((name) => settings[name] === undefined);
      if (missing.length === 0 || missing.length === names.length) return [];
      return missing.map(
        (name) =>
          `${name}: is missing: set all of ${names.join(", ")}, or none`,
      );
    }),
    ...mailboxProblems(settings),
    ...(settings.TENANT_DRIVER === "odoo" && !settings.ODOO_URL
      ? ["ODOO_URL: is needed with TENANT_DRIVER=odoo"]
      : []),
    ...(settings.TENANT_DRIVER === "webhook" && !settings.PROVISIONER_URL
      ? ["PROVISIONER_URL: is needed with TENANT_DRIVER=webhook"]
      : []),
    ...(settings.OIDC_ISSUER && isOpenToReaders(settings.OIDC_ISSUER)
      ? ["OIDC_ISSUER: must begin with https://"]
      : []),
  ];
}

/** Whether the payment provider that moves no money is open. */
export function isSandboxAllowed({
  SANDBOX_PAYMENTS,
  NODE_ENV,
}: Pick<Env, "SANDBOX_PAYMENTS" | "NODE_ENV">): boolean {
  return SANDBOX_PAYMENTS
    ? SANDBOX_PAYMENTS === "on"
    : NODE_ENV !== "production";
}

const togetherOnly = [
  ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
  ["PADDLE_API_KEY", "PADDLE_WEBHOOK_SECRET"],
  ["ODOO_URL", "ODOO_MASTER_PASSWORD"],
  ["ODOO_TEMPLATE_DATABASE", "ODOO_API_KEY"],
  ["PROVISIONER_URL", "PROVISIONER_SECRET"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
] as const;

// Whoever sits on the way could sign in as anybody; on this machine nobody does.
function isOpenToReaders(address: string): boolean {
  return new URL(address).protocol === "http:" && !isHere(address);
}

// A demo runs the production build, for nobody but this machine.
function isPublic({ NODE_ENV, APP_URL, HOST }: Env): boolean {
  if (NODE_ENV !== "production") return false;
  return !isHere(APP_URL) || !isHere(`http://${HOST}`);
}

function isHere(address: string): boolean {
  const { hostname } = new URL(address);
  return ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}

let parsed: Env | undefined;
