import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { Money } from "@/shared/fields";
import { hostedNames } from "./parts";

export const checkoutPurposes = ["invoice", "subscription", "setup"] as const;
export type CheckoutPurpose = (typeof checkoutPurposes)[number];

export const checkoutStates = ["open", "completed", "expired"] as const;
export type CheckoutState = (typeof checkoutStates)[number];

/** A provider's page that a browser is sent to. */
export const CheckoutSession = z
  .object({
    id: idOf("chk"),
    customer_id: idOf("cus"),
    purpose: z.enum(checkoutPurposes),
    invoice_id: idOf("ivc").nullable(),
    subscription_id: idOf("sub").nullable(),
    provider: z.enum(hostedNames),
    url: z.string().nullable().meta({
      description: "where to send the browser; null once it is closed",
    }),
    status: z.enum(checkoutStates),
    amount: Money.nullable(),
    expires_at: z.iso.datetime(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "CheckoutSession" });
export type CheckoutSession = z.output<typeof CheckoutSession>;

/** What the page says that a browser comes back to: nothing that only its customer may know. */
export const CheckoutProgress = z
  .object({
    id: idOf("chk"),
    purpose: z.enum(checkoutPurposes),
    state: z.enum(["open", "confirming", "done", "failed", "expired"]).meta({
      description:
        "confirming until the provider's word has come; done when the money, or the method, is in",
    }),
    amount: Money.nullable(),
    failure_message: z.string().nullable(),
  })
  .meta({ id: "CheckoutProgress" });
export type CheckoutProgress = z.output<typeof CheckoutProgress>;

export const CheckoutInput = z
  .strictObject({
    purpose: z.enum(["invoice", "setup"]),
    invoice_id: idOf("ivc").optional(),
  })
  .refine(
    ({ purpose, invoice_id }) =>
      (purpose === "invoice") === (invoice_id !== undefined),
    {
      path: ["invoice_id"],
      error: "is needed to pay an invoice, and only then",
    },
  )
  .meta({ id: "CheckoutInput" });
export type CheckoutInput = z.output<typeof CheckoutInput>;

const CheckoutId = z.object({ checkout_id: idOf("chk") });

const start = {
  method: "POST",
  audience: ["customer"],
  permission: "billing:write",
  status: 201,
  body: CheckoutInput,
  response: CheckoutSession,
  errors: ["NOT_FOUND", "CONFLICT", "UNAVAILABLE"],
  example: { purpose: "setup" },
} as const;

export const checkoutApi = {
  stripe: endpoint({
    id: "checkout.stripe",
    path: "/v1/billing/checkout/stripe",
    summary: "Pay an invoice, or save a way to pay, by Stripe Checkout",
    ...start,
  }),
  paddle: endpoint({
    id: "checkout.paddle",
    path: "/v1/billing/checkout/paddle",
    summary: "Pay an invoice, or save a way to pay, by Paddle's checkout",
    ...start,
  }),
  sandbox: endpoint({
    id: "checkout.sandbox",
    path: "/v1/billing/checkout/sandbox",
    summary: "Pay an invoice by the sandbox, where no money moves",
    description: "Only outside production.",
    ...start,
  }),
  portal: endpoint({
    id: "checkout.portal",
    capability: "payment_methods",
    method: "POST",
    path: "/v1/billing/portal",
    summary: "Open the provider's own billing portal",
    audience: ["customer"],
    permission: "billing:write",
    response: z.object({ url: z.string() }),
    errors: ["CONFLICT", "UNAVAILABLE"],
  }),
  payLink: endpoint({
    id: "checkout.payLink",
    method: "POST",
    path: "/v1/pay/{token}",
    summary: "Pay what a pay link is for, with no sign-in",
    audience: ["public"],
    status: 201,
    params: z.object({ token: z.string().max(200) }),
    body: z.strictObject({ provider: z.enum(hostedNames).optional() }),
    response: CheckoutSession,
    errors: ["NOT_FOUND", "GONE", "CONFLICT", "UNAVAILABLE"],
    example: {},
  }),
  progress: endpoint({
    id: "checkout.progress",
    method: "GET",
    path: "/v1/checkout/{checkout_id}",
    summary: "See whether a checkout's payment has come in",
    audience: ["public"],
    params: CheckoutId,
    response: CheckoutProgress,
    errors: ["NOT_FOUND"],
  }),
};

export const sandboxOutcomes = [
  "pay",
  "decline",
  "authenticate",
  "refuse_authentication",
  "cancel",
] as const;

export const SandboxAction = z
  .strictObject({
    outcome: z.enum(sandboxOutcomes),
    save: z.boolean().default(false).meta({
      description: "keep the card for later charges",
    }),
    card: z
      .strictObject({
        brand: z.enum(["visa", "mastercard", "amex"]).default("visa"),
        expires_month: z.number().int().min(1).max(12),
        expires_year: z.number().int().min(2000).max(2099),
        behavior: z
          .enum(["pays", "declines", "authenticates"])
          .default("pays")
          .meta({ description: "what later charges of it come to" }),
      })
      .optional(),
  })
  .meta({ id: "SandboxAction" });
export type SandboxAction = z.output<typeof SandboxAction>;

/** The page of the sandbox: what is bought, and how far it is. */
export const SandboxSession = z
  .object({
    id: z.string(),
    mode: z.enum(["payment", "setup"]),
    state: z.enum(["open", "authenticating", "completed", "expired"]),
    amount: Money.nullable(),
    description: z.string(),
    return_url: z.string(),
    last_error: z.string().nullable(),
  })
  .meta({ id: "SandboxSession" });
export type SandboxSession = z.output<typeof SandboxSession>;

const SessionId = z.object({ sandbox_session_id: z.string().max(60) });

export const sandboxApi = {
  session: endpoint({
    id: "sandbox.session",
    method: "GET",
    path: "/v1/sandbox/checkout/{sandbox_session_id}",
    summary: "See a checkout page of the sandbox",
    audience: ["public"],
    params: SessionId,
    response: SandboxSession,
    errors: ["NOT_FOUND"],
  }),
  act: endpoint({
    id: "sandbox.act",
    method: "POST",
    path: "/v1/sandbox/checkout/{sandbox_session_id}",
    summary: "Pay, fail or authenticate on a checkout page of the sandbox",
    description:
      "Only outside production. What it does is told by a signed webhook.",
    audience: ["public"],
    params: SessionId,
    body: SandboxAction,
    response: SandboxSession,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { outcome: "pay" },
  }),
};
