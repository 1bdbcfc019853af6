import { soundParams, type SearchParams } from "@/client/sound-params";
import { TicketQuery } from "../contract";

const rowsPerPage = 50;

/** The tickets that an address asks for; what makes no sense in it counts as not given. */
export function toTicketQuery(params: SearchParams): TicketQuery {
  const { page, per_page, status, is_live, priority, category } =
    TicketQuery.shape;
  const { assignee, is_overdue, search, customer_id } = TicketQuery.shape;
  const fields = { page, per_page, status, is_live, priority, category };
  const more = { assignee, is_overdue, search, customer_id };
  return TicketQuery.parse({
    per_page: rowsPerPage,
    ...soundParams({ ...fields, ...more }, params),
  });
}
