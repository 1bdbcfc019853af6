import * as z from "zod";
import { CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { CheckoutSession } from "./checkout";
import { hostedNames } from "./parts";

/** A way to pay that a provider keeps; card numbers never come here. */
export const PaymentMethod = z
  .object({
    id: idOf("pmd"),
    customer_id: idOf("cus"),
    provider: z.enum(hostedNames),
    kind: z.string().meta({ description: "card, bank_account, paypal, …" }),
    brand: z.string().nullable(),
    last_four: z.string().nullable(),
    expires_month: z.number().int().nullable(),
    expires_year: z.number().int().nullable(),
    is_expired: z.boolean(),
    is_default: z.boolean(),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "PaymentMethod" });
export type PaymentMethod = z.output<typeof PaymentMethod>;

const list = z.object({ items: z.array(PaymentMethod) });
const MethodId = z.object({ payment_method_id: idOf("pmd") });
const everyone = ["staff", "service", "customer"] as const;

export const paymentMethodsApi = {
  listOwn: endpoint({
    id: "paymentMethods.listOwn",
    method: "GET",
    path: "/v1/billing/payment-methods",
    summary: "List one's own ways to pay, the default first",
    audience: ["customer"],
    permission: "billing:read",
    response: list,
  }),
  add: endpoint({
    id: "paymentMethods.add",
    capability: "payment_methods",
    method: "POST",
    path: "/v1/billing/payment-methods",
    summary: "Add a way to pay, on the provider's own page",
    description:
      "Send the browser to the url of the answer. Card data is entered there, and never comes here.",
    audience: ["customer"],
    permission: "billing:write",
    status: 201,
    body: z.strictObject({
      provider: z.enum(hostedNames).optional().meta({
        description: "the first that is set up unless said",
      }),
    }),
    response: CheckoutSession,
    errors: ["CONFLICT", "UNAVAILABLE"],
    example: {},
  }),
  listOfCustomer: endpoint({
    id: "paymentMethods.listOfCustomer",
    method: "GET",
    path: "/v1/customers/{customer_id}/payment-methods",
    summary: "List a customer's ways to pay, the default first",
    audience: everyone,
    permission: "billing:read",
    params: CustomerId,
    response: list,
    errors: ["NOT_FOUND"],
  }),
  makeDefault: endpoint({
    id: "paymentMethods.makeDefault",
    capability: "payment_methods",
    method: "PUT",
    path: "/v1/billing/payment-methods/{payment_method_id}/default",
    summary: "Charge this one from now on",
    audience: everyone,
    permission: "billing:write",
    params: MethodId,
    response: PaymentMethod,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
  remove: endpoint({
    id: "paymentMethods.remove",
    capability: "payment_methods",
    method: "DELETE",
    path: "/v1/billing/payment-methods/{payment_method_id}",
    summary: "Remove a way to pay",
    description: "It is taken off at the provider too, a moment later.",
    audience: everyone,
    permission: "billing:write",
    params: MethodId,
    response: z.object({ id: idOf("pmd"), deleted: z.literal(true) }),
    errors: ["NOT_FOUND"],
  }),
};
