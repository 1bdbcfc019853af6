import * as z from "zod";
import { Customer, CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { Money } from "@/shared/money";

export const BalanceInput = z
  .strictObject({
    balance: Money.meta({ description: "what the balance shall be" }),
    reason: text(500),
  })
  .meta({ id: "BalanceInput" });
export type BalanceInput = z.output<typeof BalanceInput>;

export const ledgerApi = {
  setBalance: endpoint({
    id: "ledger.setBalance",
    method: "PUT",
    path: "/v1/customers/{customer_id}/balance",
    summary: "Set a customer's balance by a ledger adjustment",
    versioned: true,
    description:
      "Writes an entry for the difference; nothing overwrites money. Positive is credit.",
    audience: ["staff", "service"],
    permission: "billing:write",
    params: CustomerId,
    body: BalanceInput,
    response: Customer,
    errors: ["NOT_FOUND"],
    example: {
      balance: { amount: 100000, currency: "USD" },
      reason: "Opening credit",
    },
  }),
};
