import * as z from "zod";
import { Customer, CustomerId } from "@/modules/customers/contract";
import { endpoint } from "@/shared/endpoint";
import { Money, text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { cursorFields, cursorPageOf } from "@/shared/page";

export const ledgerKinds = [
  "adjustment",
  "invoice",
  "credit",
  "payment",
  "refund",
  "credit_note",
  "void",
  "write_off",
  "dispute",
] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

export const ledgerAccounts = [
  "customer_credit",
  "receivable",
  "revenue",
  "tax_payable",
  "cash",
  "refunds",
  "bad_debt",
  "adjustments",
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

/** A balanced set of entries: debits positive, credits negative, in one currency. */
export const LedgerTransaction = z
  .object({
    id: idOf("ltx"),
    kind: z.enum(ledgerKinds),
    reason: z.string(),
    invoice_id: idOf("ivc").nullable(),
    payment_id: idOf("pay").nullable(),
    currency: z.string(),
    change: Money.meta({
      description: "of the customer's balance: positive is in its favor",
    }),
    entries: z.array(
      z.object({
        account: z.enum(ledgerAccounts),
        amount: Money.meta({
          description: "positive debits, negative credits",
        }),
      }),
    ),
    created_at: z.iso.datetime(),
  })
  .meta({ id: "LedgerTransaction" });
export type LedgerTransaction = z.output<typeof LedgerTransaction>;

export const LedgerQuery = z.strictObject(cursorFields(idOf("ltx")));
export type LedgerQuery = z.output<typeof LedgerQuery>;

export const BalanceInput = z
  .strictObject({
    balance: Money.meta({ description: "what the balance shall be" }),
    reason: text(500),
  })
  .meta({ id: "BalanceInput" });
export type BalanceInput = z.output<typeof BalanceInput>;

export const ledgerApi = {
  statement: endpoint({
    id: "ledger.statement",
    method: "GET",
    path: "/v1/customers/{customer_id}/ledger",
    summary: "List what was booked for a customer, newest first",
    description: "A customer's balance is the sum of the changes.",
    audience: ["staff", "service", "customer"],
    permission: "billing:read",
    params: CustomerId,
    query: LedgerQuery,
    response: cursorPageOf(LedgerTransaction),
    errors: ["NOT_FOUND"],
  }),
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
