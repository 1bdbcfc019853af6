import { authorize, type Ctx } from "@/platform/context";
import { Env, env } from "@/platform/env";
import { isMailboxOpen } from "@/platform/mail/mailbox";

/** A part of the app that works only where somebody has set it up. */
export type Integration = {
  name: string;
  /** what it adds */
  adds: string;
  /** what is so while it is off */
  without: string;
  /** the variables of the environment that turn it on */
  variables: string[];
  /** absent: this version cannot do it yet */
  state: "on" | "off" | "absent";
};

const parts: Omit<Integration, "state">[] = [
  {
    name: "Mail (SMTP)",
    adds: "Sends invitations, confirmations, resets and notices.",
    without: "mails wait, and are sent once a server is set.",
    variables: ["SMTP_URL", "MAIL_FROM"],
  },
  {
    name: "Reply by mail (webhook)",
    adds: "Answers to a ticket’s mails come into the ticket. Have your mail provider, or a script of yours, send them signed to /api/v1/webhooks/support-mail of this app.",
    without: "people answer in the portal, or by the mailbox below.",
    variables: ["SUPPORT_INBOUND_ADDRESS", "SUPPORT_INBOUND_SECRET"],
  },
  {
    name: "Reply by mail (SMTP)",
    adds: "The same, with your mail server handing them over by SMTP.",
    without: "people answer in the portal, or by the webhook above.",
    variables: ["SUPPORT_INBOUND_ADDRESS", "SUPPORT_SMTP_PORT"],
  },
  {
    name: "Redis",
    adds: "Takes the rate windows and API limits off PostgreSQL.",
    without: "PostgreSQL counts them, which is enough for most.",
    variables: ["REDIS_URL"],
  },
  {
    name: "Metrics for Prometheus",
    adds: "Answers GET /metrics of this app to who sends the token: requests, sign-ins, limits, the queue. A dashboard for Grafana comes with the app, in docs/.",
    without: "/metrics answers 404.",
    variables: ["METRICS_TOKEN"],
  },
  {
    name: "Stripe",
    adds: "Card payments, Checkout and the billing portal.",
    without: "payments are entered by hand.",
    variables: ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
  },
  {
    name: "Paddle",
    adds: "Payments with Paddle as the merchant of record.",
    without: "payments are entered by hand.",
    variables: ["PADDLE_API_KEY", "PADDLE_WEBHOOK_SECRET"],
  },
  {
    name: "Odoo",
    adds: "Creates and keeps a customer’s Odoo database.",
    without: "tenants are PostgreSQL databases beside this app’s own.",
    variables: ["ODOO_URL", "ODOO_MASTER_PASSWORD"],
  },
  {
    name: "Your own provisioner",
    adds: "Creates and keeps tenants by signed calls to a program of yours.",
    without: "tenants are kept by Odoo, or beside this app’s own data.",
    variables: ["PROVISIONER_URL", "PROVISIONER_SECRET"],
  },
  {
    name: "Single sign-on (OIDC)",
    adds: "People sign in with your identity provider. Tell it the redirect address /api/auth/callback/oidc of this app.",
    without: "people sign in with a password.",
    variables: ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
  },
  {
    name: "Sign in with Google",
    adds: "A button on the sign-in page. The redirect address to give there is /api/auth/callback/google of this app.",
    without: "people sign in with a password.",
    variables: ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  },
  {
    name: "Sign in with GitHub",
    adds: "A button on the sign-in page. The redirect address to give there is /api/auth/callback/github of this app.",
    without: "people sign in with a password.",
    variables: ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
  },
];

const keptHere = {
  without:
    "mails are kept here and shown at /dev/mail, as this is no production.",
};

/** The optional parts, and whether this process's environment turns them on. Needs settings:read. */
export async function listIntegrations(ctx: Ctx): Promise<Integration[]> {
  authorize(ctx, "settings:read");
  const values: Record<string, unknown> = env();
  const known = new Set(Object.keys(Env.shape));
  const stateOf = (variables: string[]): Integration["state"] => {
    if (!variables.every((name) => known.has(name))) return "absent";
    const isSet = (name: string) => values[name] !== undefined;
    return variables.every(isSet) ? "on" : "off";
  };
  return [
    ...parts.map((part) => ({
      ...part,
      ...(isMailboxOpen() && part.variables.includes("SMTP_URL") && keptHere),
      state: stateOf(part.variables),
    })),
    {
      name: "Jobs in this process",
      adds: "Mails, events and timers run inside the web server.",
      without: "they run only while npm run worker does, as its own process.",
      variables: ["WORKER_MODE"],
      state: values["WORKER_MODE"] === "inline" ? "on" : "off",
    },
  ];
}
