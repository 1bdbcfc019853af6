import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { Instant, Money, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf } from "@/shared/page";
import { hostedNames } from "./parts";

export const inboundStates = [
  "received",
  "processed",
  "ignored",
  "failed",
  "dead",
] as const;
export type InboundState = (typeof inboundStates)[number];

/** What a provider told us, as it is kept. */
export const InboundWebhook = z
  .object({
    id: idOf("iwh"),
    provider: z.enum(hostedNames),
    event_id: z.string(),
    type: z.string(),
    status: z.enum(inboundStates).meta({
      description:
        "failed: tried again; dead: given up until somebody replays it",
    }),
    attempts: z.number().int(),
    last_error: z.string().nullable().meta({
      description: "why it failed, or why it was ignored",
    }),
    occurred_at: z.iso.datetime().nullable(),
    received_at: z.iso.datetime(),
    processed_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "InboundWebhook" });
export type InboundWebhook = z.output<typeof InboundWebhook>;

export const InboundWebhookDetail = InboundWebhook.extend({
  payload: z.unknown(),
}).meta({ id: "InboundWebhookDetail" });
export type InboundWebhookDetail = z.output<typeof InboundWebhookDetail>;

export const InboundQuery = z
  .strictObject({
    ...cursorFields(idOf("iwh")),
    provider: z.enum(hostedNames).optional(),
    status: z.enum(inboundStates).optional(),
    type: text(100).optional(),
    event_id: text(200).optional(),
  })
  .meta({ id: "InboundQuery" });
export type InboundQuery = z.output<typeof InboundQuery>;

export const differenceKinds = [
  "missing_here",
  "missing_there",
  "status",
  "amount",
  "refunded",
] as const;

export const Reconciliation = z
  .object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    providers: z.array(z.enum(hostedNames)),
    checked: z.number().int(),
    is_balanced: z.boolean().meta({
      description: "whether debits and credits are equal in every currency",
    }),
    differences: z.array(
      z.object({
        kind: z.enum(differenceKinds),
        provider: z.enum(hostedNames),
        provider_payment_id: z.string().nullable(),
        payment_id: idOf("pay").nullable(),
        here: z.string().nullable(),
        there: z.string().nullable(),
        amount: Money,
      }),
    ),
  })
  .meta({ id: "Reconciliation" });
export type Reconciliation = z.output<typeof Reconciliation>;

export const ReconcileInput = z
  .strictObject({
    from: Instant.optional().meta({
      description: "three days ago unless said",
    }),
    to: Instant.optional(),
  })
  .meta({ id: "ReconcileInput" });
export type ReconcileInput = z.output<typeof ReconcileInput>;

const WebhookId = z.object({ inbound_webhook_id: idOf("iwh") });
const staff = ["staff", "service"] as const;

// The body is read raw, since the signature is over its bytes.
const receive = {
  method: "POST",
  audience: ["public"],
  limit: "hot",
  response: z.object({ received: z.literal(true) }),
  errors: ["NOT_FOUND", "VALIDATION_FAILED"],
} as const;

export const inboundApi = {
  stripe: endpoint({
    id: "inbound.stripe",
    path: "/v1/webhooks/stripe",
    summary: "Where Stripe sends its events",
    ...receive,
  }),
  paddle: endpoint({
    id: "inbound.paddle",
    path: "/v1/webhooks/paddle",
    summary: "Where Paddle sends its events",
    ...receive,
  }),
  sandbox: endpoint({
    id: "inbound.sandbox",
    path: "/v1/webhooks/sandbox",
    summary: "Where the sandbox sends its events",
    ...receive,
  }),
  list: endpoint({
    id: "inbound.list",
    method: "GET",
    path: "/v1/inbound-webhooks",
    summary: "List what providers have told us, newest first",
    audience: staff,
    permission: "webhooks:read",
    query: InboundQuery,
    response: cursorPageOf(InboundWebhook),
  }),
  get: endpoint({
    id: "inbound.get",
    method: "GET",
    path: "/v1/inbound-webhooks/{inbound_webhook_id}",
    summary: "Get an event of a provider with its payload",
    audience: staff,
    permission: "webhooks:read",
    params: WebhookId,
    response: InboundWebhookDetail,
    errors: ["NOT_FOUND"],
  }),
  replay: endpoint({
    id: "inbound.replay",
    method: "POST",
    path: "/v1/inbound-webhooks/{inbound_webhook_id}/replay",
    summary: "Process an event once more",
    description:
      "What it is about is read from the provider again, so doing it twice has one effect.",
    audience: staff,
    permission: "webhooks:write",
    status: 202,
    params: WebhookId,
    response: InboundWebhook,
    errors: ["NOT_FOUND"],
  }),
  reconcile: endpoint({
    id: "inbound.reconcile",
    method: "POST",
    path: "/v1/billing/reconcile",
    summary: "Compare payments with what the providers hold",
    description: "Differences are reported, and nothing is mended.",
    audience: staff,
    permission: "billing:write",
    body: ReconcileInput,
    response: Reconciliation,
    errors: ["UNAVAILABLE"],
    example: {},
  }),
};
