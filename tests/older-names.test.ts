import { readFileSync } from "node:fs";
import path from "node:path";
import { Env, parseEnv } from "@/platform/env";
import { olderNames } from "@/platform/older-names";

const secret = "a".repeat(20) + "b".repeat(20);
const needed = {
  DATABASE_URL: "postgresql://user:password@localhost/odoo_saas",
  APP_SECRET: secret,
};

// The settings of the portal that this app takes the place of, each as its documents show it.
const portal = {
  FLASK_ENV: "development",
  FLASK_SECRET_KEY: secret,
  PORT: "5001",
  HOST: "127.0.0.1",
  DATABASE_URL: "postgresql://user:password@localhost/odoo_saas",
  SQLALCHEMY_TRACK_MODIFICATIONS: "false",
  JWT_SECRET_KEY: "c".repeat(40),
  JWT_ACCESS_TOKEN_EXPIRES: "1800",
  JWT_REFRESH_TOKEN_EXPIRES: "86400",
  RATELIMIT_STORAGE_URL: "redis://localhost:6379/1",
  RATELIMIT_DEFAULT: "30 per minute",
  CORS_ORIGINS: '["http://localhost:3000", "https://yourdomain.com"]',
  STRIPE_PUBLISHABLE_KEY: "pk_test_1",
  STRIPE_SECRET_KEY: "sk_test_1",
  STRIPE_SIGNING_SECRET: "whsec_1",
  PADDLE_VENDOR_ID: "12345",
  PADDLE_API_KEY: "pdl_sdbx_apikey_01_for_this_test",
  PADDLE_WEBHOOK_SECRET: "pdl_ntfset_01_for_this_test",
  PADDLE_PUBLIC_KEY_BASE64: "your-paddle-public-key",
  MAIL_SERVER: "smtp.gmail.com",
  MAIL_PORT: "587",
  MAIL_USE_TLS: "true",
  MAIL_USERNAME: "your-email@gmail.com",
  MAIL_PASSWORD: "your app:password",
  MAIL_DEFAULT_SENDER: "noreply@yourdomain.com",
  LOG_LEVEL: "INFO",
  LOG_FILE: "logs/portal.log",
  REDIS_URL: "redis://localhost:6379/0",
  PROMETHEUS_METRICS_PATH: "/figures",
  PROMETHEUS_METRICS_PORT: "9090",
};

test("the whole environment of the portal is understood as it is", () => {
  expect(parseEnv(portal)).toMatchObject({
    APP_SECRET: secret,
    PORT: 5001,
    HOST: "127.0.0.1",
    ACCESS_TOKEN_SECONDS: 1_800,
    REFRESH_TOKEN_SECONDS: 86_400,
    LIMIT_PORTAL_PER_MINUTE: 30,
    CORS_ORIGINS: ["http://localhost:3000", "https://yourdomain.com"],
    STRIPE_SECRET_KEY: "sk_test_1",
    STRIPE_WEBHOOK_SECRET: "whsec_1",
    SMTP_URL:
      "smtp://your-email%40gmail.com:your%20app%3Apassword@smtp.gmail.com:587/?requireTLS=true",
    MAIL_FROM: "noreply@yourdomain.com",
    LOG_LEVEL: "info",
    LOG_FILE: "logs/portal.log",
    REDIS_URL: "redis://localhost:6379/0",
    METRICS_PATH: "/figures",
    METRICS_PORT: 9090,
  });
});

test("our own name goes before an older one", () => {
  const both = {
    ...portal,
    APP_SECRET: "d".repeat(33) + "e",
    MAIL_FROM: "us@x.org",
  };
  const { APP_SECRET, MAIL_FROM } = parseEnv(both);
  expect([APP_SECRET, MAIL_FROM]).toEqual(["d".repeat(33) + "e", "us@x.org"]);
});

test("the secret of the tokens alone is enough", () => {
  const { APP_SECRET: _, ...rest } = needed;
  const given = { ...rest, JWT_SECRET_KEY: secret };
  expect(parseEnv(given).APP_SECRET).toBe(secret);
});

test.each([
  ["RATELIMIT_DEFAULT", "100 per hour", { LIMIT_PORTAL_PER_MINUTE: 60 }],
  ["RATELIMIT_DEFAULT", "45/minute", { LIMIT_PORTAL_PER_MINUTE: 45 }],
  ["RATELIMIT_STORAGE_URL", "memory://", { REDIS_URL: undefined }],
  ["RATELIMIT_STORAGE_URL", "redis://here", { REDIS_URL: "redis://here" }],
  ["LOG_LEVEL", "WARNING", { LOG_LEVEL: "warn" }],
  ["LOG_LEVEL", "CRITICAL", { LOG_LEVEL: "fatal" }],
  [
    "CORS_ORIGINS",
    "https://a.example",
    { CORS_ORIGINS: ["https://a.example"] },
  ],
])("%s=%s is what it says, or nothing", (name, value, meant) => {
  expect(parseEnv({ ...needed, [name]: value })).toMatchObject(meant);
});

test("a value that is wrong is refused under our name of it", () => {
  const wrong = { ...needed, JWT_ACCESS_TOKEN_EXPIRES: "an hour" };
  expect(() => parseEnv(wrong)).toThrow(/ACCESS_TOKEN_SECONDS/);
  const none = { ...needed, CORS_ORIGINS: '["no origin"' };
  expect(() => parseEnv(none)).toThrow(/CORS_ORIGINS/);
});

test("docs/operations.md says of each of the portal's names what it is here", () => {
  const file = path.resolve(__dirname, "../docs/operations.md");
  const rows = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  const ours = new Set(Object.keys(Env.shape));
  for (const name of Object.keys(portal).filter((one) => !ours.has(one))) {
    const row = rows.find((line) => line.includes(`\`${name}\``));
    expect([name, row]).toEqual([name, expect.any(String)]);
  }
  for (const { name, now } of olderNames) {
    const row = rows.find((line) => line.startsWith(`| \`${name}\``));
    expect(row).toContain(`\`${now}\``);
    expect(ours).toContain(now);
  }
});
