import {
  ticketStatuses,
  type TicketStatus,
} from "@/modules/support/contract/parts";
import { actTo, nextStatus, transitions } from "@/modules/support/status";
import { useDatabase } from "../support/database";
import { supportFixture } from "./support-fixture";

useDatabase();
const { open, on, say, seen } = supportFixture();

describe("the table of statuses", () => {
  const moves = ticketStatuses.flatMap((from) =>
    ticketStatuses.map((to) => [from, to] as const),
  );

  /** A ticket that was brought to a status by its own verbs. */
  async function brought(to: TicketStatus): Promise<string> {
    const { id } = await open();
    if (to === "closed") await on("staff", "close", id);
    else if (to !== "open") await on("staff", "update", id, { status: to });
    expect((await seen("staff", id)).status).toBe(to);
    return id;
  }

  test.each(moves)("from %s to %s goes as it says", async (from, to) => {
    const id = await brought(from);
    const answer = await on("staff", "update", id, { status: to });
    const isAllowed = from === to || nextStatus(from, actTo[to]) !== null;
    expect(answer.status).toBe(isAllowed ? 200 : 409);
    expect((await seen("staff", id)).status).toBe(isAllowed ? to : from);
  });

  test.each(ticketStatuses)(
    "a reply and an answer in a ticket that is %s do as it says",
    async (from) => {
      for (const [who, act] of [
        ["customer", "customer_replies"],
        ["staff", "staff_answers"],
      ] as const) {
        const id = await brought(from);
        const answer = await say(who, id, "More.");
        const wanted = nextStatus(from, act);
        expect([who, answer.status]).toEqual([who, wanted ? 201 : 409]);
        expect((await seen("staff", id)).status).toBe(wanted ?? from);
      }
    },
  );

  test("a reply opens a ticket again from every status", () => {
    for (const status of ticketStatuses)
      expect(transitions[status].customer_replies).toBe("open");
  });
});
