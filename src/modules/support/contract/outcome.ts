import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { text } from "@/shared/fields";
import { idOf } from "@/shared/ids";
import { Ticket } from "../contract";
import { TicketId } from "./parts";

export const MergeInput = z.strictObject({
  into_id: idOf("tkt").meta({ description: "another ticket of the customer" }),
});
export type MergeInput = z.output<typeof MergeInput>;

export const RatingInput = z
  .strictObject({
    score: z.number().int().min(1).max(5),
    comment: text(1_000).nullish(),
  })
  .meta({ id: "TicketRatingInput" });
export type RatingInput = z.output<typeof RatingInput>;

const verb = {
  method: "POST",
  permission: "support:write",
  versioned: true,
  params: TicketId,
  response: Ticket,
  errors: ["NOT_FOUND", "CONFLICT"],
} as const;

/** How tickets end. */
export const ticketOutcomeApi = {
  merge: endpoint({
    ...verb,
    id: "support.merge",
    path: "/v1/support/{ticket_id}/merge",
    summary: "Merge a ticket into another one of the same customer",
    description:
      "Its messages go over, and it is closed for good. The answer is the other one.",
    audience: ["staff", "service"],
    body: MergeInput,
    example: { into_id: "tkt_01jd0000000000000000000000" },
  }),
  rate: endpoint({
    ...verb,
    id: "support.rate",
    path: "/v1/support/{ticket_id}/satisfaction",
    summary: "Rate the help in a ticket that was resolved or closed",
    audience: ["customer"],
    body: RatingInput,
    example: { score: 5, comment: "Quick and to the point" },
  }),
};
