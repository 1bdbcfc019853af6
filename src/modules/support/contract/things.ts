import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { AboutId, aboutKinds, type AboutKind } from "./parts";

/** Something of a customer that a ticket can be about, as people know it. */
export const TicketThing = z
  .object({
    id: AboutId,
    // Safe: the values of a constant that is not empty.
    kind: z.enum(Object.values(aboutKinds) as [AboutKind, ...AboutKind[]]),
    name: z.string(),
    status: z.string(),
  })
  .meta({ id: "TicketThing" });
export type TicketThing = z.output<typeof TicketThing>;

export const ThingQuery = z.strictObject({
  customer_id: idOf("cus").optional().meta({
    description: "whose; a customer’s people may leave it out",
  }),
  with: AboutId.optional().meta({
    description: "one that is wanted in any case, however old",
  }),
});
export type ThingQuery = z.output<typeof ThingQuery>;

export const ticketThingsApi = {
  list: endpoint({
    id: "ticketThings.list",
    method: "GET",
    path: "/v1/support/things",
    summary: "List what a ticket of a customer can be about",
    description:
      "The newest 25 each of its invoices, keys, licenses, subscriptions and tenants, as far as the caller may read them.",
    audience: ["staff", "service", "customer"],
    permission: "support:read",
    query: ThingQuery,
    response: z.object({ items: z.array(TicketThing) }),
    errors: ["NOT_FOUND"],
  }),
};
