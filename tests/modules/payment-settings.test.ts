import { listIntegrations } from "@/modules/settings";
import { parseEnv } from "@/platform/env";
import { systemCtx } from "@/platform/jobs";

const settings = {
  DATABASE_URL: "postgresql://localhost/x",
  APP_SECRET: "0123456789abcdef0123456789ABCDEF",
};
const stripe = {
  STRIPE_SECRET_KEY: "sk_test_0123456789",
  STRIPE_WEBHOOK_SECRET: "whsec_0123456789",
};
const paddle = {
  PADDLE_API_KEY: "pdl_sdbx_apikey_0123456789",
  PADDLE_WEBHOOK_SECRET: "pdl_ntfset_0123456789",
};

test("a provider's key and the secret of its events are set together, or not at all", () => {
  expect(() => parseEnv({ ...settings, ...stripe, ...paddle })).not.toThrow();
  for (const [name, value] of Object.entries({ ...stripe, ...paddle }))
    expect(() => parseEnv({ ...settings, [name]: value })).toThrow(
      /(STRIPE|PADDLE)_\w+: is missing/,
    );
});

test("a key that is none of the provider's secret ones is named", () => {
  const wrong = { ...stripe, STRIPE_SECRET_KEY: "pk_live_0123456789" };
  expect(() => parseEnv({ ...settings, ...wrong })).toThrow(
    "STRIPE_SECRET_KEY: must be a secret key",
  );
  const swapped = { ...stripe, STRIPE_WEBHOOK_SECRET: "sk_test_0123456789" };
  expect(() => parseEnv({ ...settings, ...swapped })).toThrow(
    "STRIPE_WEBHOOK_SECRET: must be a signing secret",
  );
});

test.each(["STRIPE_API_BASE", "PADDLE_API_BASE"])(
  "production refuses %s, a stand-in, unless nobody else can come",
  (name) => {
    const here = {
      ...settings,
      ...stripe,
      ...paddle,
      [name]: "http://[::1]:1",
    };
    const open = { ...here, APP_URL: "https://billing.example.com" };
    expect(() => parseEnv(open)).toThrow(`${name}: must not be set`);
    expect(() => parseEnv({ ...open, NODE_ENV: "development" })).not.toThrow();
    expect(() => parseEnv(here)).not.toThrow();
  },
);

test("Settings → Integrations shows a provider as off until it is set", async () => {
  const shown = await listIntegrations(systemCtx("test"));
  const states = new Map(shown.map(({ name, state }) => [name, state]));
  expect([states.get("Stripe"), states.get("Paddle")]).toEqual(["off", "off"]);
});
