import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";

const at = z.iso.datetime();

/** That an account closes, as its own people see it. */
export const Closing = z
  .object({
    due_at: at.meta({ description: "it does not close before" }),
    asked_at: at,
    asked_by: z.string().nullable().meta({
      description: "who of its people asked; null: the seller did",
    }),
    has_begun: z.boolean().meta({
      description: "true: it cannot be taken back any more",
    }),
    waits_for: z.string().nullable().meta({
      description: "what it waits for past that time, in words",
    }),
  })
  .meta({ id: "Closing" });
export type Closing = z.output<typeof Closing>;

/** Kinds of what must end before an account is closed. */
export const closingBlockers = [
  "live subscriptions",
  "unpaid invoices",
  "balance that is not zero",
  "payments under way",
  "refunds under way",
  "open disputes",
  "tenants",
] as const;
export type ClosingBlocker = (typeof closingBlockers)[number];

export const OwnClosing = z
  .object({
    closing: Closing.nullable().meta({
      description: "null: nobody has asked to close it",
    }),
    wait_days: z.number().int().meta({
      description: "between asking and closing",
    }),
    blockers: z
      .array(
        z.object({
          kind: z.enum(closingBlockers),
          count: z.number().int(),
        }),
      )
      .meta({ description: "what must end before it can close" }),
  })
  .meta({ id: "OwnClosing" });
export type OwnClosing = z.output<typeof OwnClosing>;

export const ClosingInput = z
  .strictObject({
    confirm: text(320).meta({
      description: "the account's name or email",
    }),
  })
  .meta({ id: "ClosingInput" });

const own = {
  path: "/v1/account/closing",
  audience: ["customer"],
  response: OwnClosing,
} as const;

export const closingApi = {
  closing: endpoint({
    ...own,
    id: "privacy.closing",
    method: "GET",
    summary: "Get whether one's own account closes, and what stands in the way",
    permission: "members:read",
  }),
  close: endpoint({
    ...own,
    id: "privacy.close",
    method: "POST",
    summary: "Close one's own account",
    description:
      "For its owners. After the days that the seller has set it is erased; until then all goes on, and it can be taken back. 409 lists in details.blockers what must end before. Asking again changes nothing.",
    permission: "account:close",
    capability: "close",
    body: ClosingInput,
    errors: ["CONFLICT"],
    example: { confirm: "Analytical Engines" },
  }),
  keep: endpoint({
    ...own,
    id: "privacy.keep",
    method: "DELETE",
    summary: "Take back that one's own account closes",
    description: "409 once it has begun.",
    permission: "account:close",
    errors: ["CONFLICT"],
  }),
};
