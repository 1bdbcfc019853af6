import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf, pageFields, pageOf } from "@/shared/page";
import {
  CancelInput,
  ChangeInput,
  ClockInput,
  ExtendInput,
  PauseInput,
  PreviewInput,
  SubscriptionInput,
  SubscriptionQuery,
} from "./contract/inputs";
import { Preview, Subscription, SubscriptionChange } from "./contract/parts";

export * from "./contract/inputs";
export * from "./contract/parts";

// Of its own, so that a page which calls these loads no other module’s contract.
const CustomerId = z.object({ customer_id: idOf("cus") });
const SubscriptionId = z.object({ subscription_id: idOf("sub") });
const ChangeId = SubscriptionId.extend({ change_id: idOf("sch") });
export const ChangeQuery = z.strictObject(cursorFields(idOf("sch")));
export type ChangeQuery = z.output<typeof ChangeQuery>;

const everyone = ["staff", "service", "customer"] as const;
const staff = ["staff", "service"] as const;
const reads = { permission: "billing:read" } as const;
const writes = { permission: "billing:write" } as const;
const act = {
  method: "POST",
  versioned: true,
  ...writes,
  params: SubscriptionId,
  response: Subscription,
  errors: ["NOT_FOUND", "CONFLICT"],
} as const;
const clock = {
  method: "POST",
  description:
    "What is due on the way (renewals, invoices, charges, dunning, expiries) runs as it would, in its order. The clock is the customer's, and never goes back.",
  audience: staff,
  ...writes,
  body: ClockInput,
  response: z.object({
    clock_at: z.iso.datetime(),
    steps: z.number().int().meta({ description: "what was due on the way" }),
    is_done: z
      .boolean()
      .meta({ description: "false: there was too much for one call" }),
  }),
  errors: ["NOT_FOUND", "CONFLICT"],
  example: { to: "2030-01-31T12:00:00Z" },
} as const;
const sample = {
  customer_id: "cus_01jd0000000000000000000000",
  plan_version_id: "plv_01jd0000000000000000000000",
};

export const subscriptionsApi = {
  list: endpoint({
    id: "subscriptions.list",
    method: "GET",
    path: "/v1/subscriptions",
    summary: "List subscriptions, newest first",
    audience: staff,
    ...reads,
    query: SubscriptionQuery,
    response: pageOf(Subscription),
  }),
  open: endpoint({
    id: "subscriptions.open",
    method: "POST",
    path: "/v1/subscriptions",
    summary: "Open a subscription of a customer",
    description:
      "The first period is billed at once, or when the trial ends. The price is the plan's.",
    audience: staff,
    ...writes,
    status: 201,
    body: SubscriptionInput,
    response: Subscription,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: sample,
  }),
  previewOpen: endpoint({
    id: "subscriptions.previewOpen",
    method: "POST",
    path: "/v1/subscriptions/preview",
    summary: "See what opening a subscription would cost; nothing is written",
    audience: staff,
    ...reads,
    body: SubscriptionInput,
    response: Preview,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: sample,
  }),
  get: endpoint({
    id: "subscriptions.get",
    method: "GET",
    path: "/v1/subscriptions/{subscription_id}",
    summary: "Get a subscription",
    versioned: true,
    audience: everyone,
    ...reads,
    params: SubscriptionId,
    response: Subscription,
    errors: ["NOT_FOUND"],
  }),
  changes: endpoint({
    id: "subscriptions.changes",
    method: "GET",
    path: "/v1/subscriptions/{subscription_id}/changes",
    summary: "List what was and will be changed, newest first",
    audience: everyone,
    ...reads,
    params: SubscriptionId,
    query: ChangeQuery,
    response: cursorPageOf(SubscriptionChange),
    errors: ["NOT_FOUND"],
  }),
  cancelChange: endpoint({
    id: "subscriptions.cancelChange",
    capability: "plan",
    method: "DELETE",
    path: "/v1/subscriptions/{subscription_id}/changes/{change_id}",
    summary: "Call a scheduled change off",
    audience: everyone,
    ...writes,
    params: ChangeId,
    response: Subscription,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  preview: endpoint({
    id: "subscriptions.preview",
    method: "POST",
    path: "/v1/subscriptions/{subscription_id}/preview",
    summary: "See what a change would cost; nothing is written",
    audience: everyone,
    ...reads,
    params: SubscriptionId,
    body: PreviewInput,
    response: Preview,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: { act: "change", quantity: 2 },
  }),
  change: endpoint({
    id: "subscriptions.change",
    capability: "plan",
    path: "/v1/subscriptions/{subscription_id}/change",
    summary: "Change the plan, the interval or the quantity",
    description:
      "What costs more begins now and is prorated; what costs less begins when the period ends. A change whose payment fails is taken back.",
    audience: everyone,
    ...act,
    body: ChangeInput,
    example: { quantity: 2 },
  }),
  cancel: endpoint({
    id: "subscriptions.cancel",
    capability: "cancel",
    path: "/v1/subscriptions/{subscription_id}/cancel",
    summary: "Cancel, now or when the period ends",
    audience: everyone,
    ...act,
    body: CancelInput,
    example: { when: "period_end", reason: "unused" },
  }),
  resume: endpoint({
    id: "subscriptions.resume",
    capability: "cancel",
    path: "/v1/subscriptions/{subscription_id}/resume",
    summary: "Go on with a subscription that was going to be canceled",
    audience: everyone,
    ...act,
  }),
  pause: endpoint({
    id: "subscriptions.pause",
    capability: "pause",
    path: "/v1/subscriptions/{subscription_id}/pause",
    summary: "Pause: no access and no bills until it is unpaused",
    audience: everyone,
    ...act,
    body: PauseInput,
    example: { reason: "On holiday" },
  }),
  unpause: endpoint({
    id: "subscriptions.unpause",
    capability: "pause",
    path: "/v1/subscriptions/{subscription_id}/unpause",
    summary: "Go on with a paused subscription",
    description:
      "When its period has ended meanwhile, a new one begins and is billed.",
    audience: everyone,
    ...act,
  }),
  extendTrial: endpoint({
    id: "subscriptions.extendTrial",
    path: "/v1/subscriptions/{subscription_id}/extend-trial",
    summary: "Let a trial end later",
    audience: staff,
    ...act,
    body: ExtendInput,
    example: { until: "2030-01-31T12:00:00Z" },
  }),
  listOfCustomer: endpoint({
    id: "subscriptions.listOfCustomer",
    method: "GET",
    path: "/v1/customers/{customer_id}/subscriptions",
    summary: "List a customer's subscriptions, newest first",
    audience: staff,
    ...reads,
    params: CustomerId,
    query: z.strictObject(pageFields),
    response: pageOf(Subscription),
    errors: ["NOT_FOUND"],
  }),
  advanceClock: endpoint({
    id: "subscriptions.advanceClock",
    path: "/v1/customers/{customer_id}/clock",
    summary: "Let time pass for a test customer",
    ...clock,
    params: CustomerId,
  }),
  advanceClockOf: endpoint({
    id: "subscriptions.advanceClockOf",
    path: "/v1/subscriptions/{subscription_id}/clock",
    summary: "Let time pass for the test customer of a subscription",
    ...clock,
    params: SubscriptionId,
  }),
};
