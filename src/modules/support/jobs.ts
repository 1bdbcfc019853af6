import { textOf } from "@/platform/deliver";
import type { Listener, ModuleJobs } from "@/platform/jobs";
import { addSeconds } from "@/shared/time";
import { deleteUnsent } from "./queries/attachments";
import {
  tellOfAnswer,
  tellOfAssignment,
  tellOfOpened,
  tellOfReply,
} from "./service/notices";
import { closeResolved } from "./service/outcome";

const onTicket = (
  on: `ticket.${string}`,
  tell: typeof tellOfAnswer,
): Listener => ({
  on,
  run: (tx, payload, cause) =>
    tell(tx, cause, {
      ticketId: String(payload["ticket_id"]),
      messageId: textOf(payload, "message_id"),
    }),
});

export const supportJobs: ModuleJobs = {
  timers: [
    { name: "support_close", cron: "23 * * * *", run: closeResolved },
    {
      name: "support_forget_files",
      cron: "43 3 * * *",
      run: async (ctx) => {
        const day = 24 * 60 * 60;
        const files = await deleteUnsent(ctx, addSeconds(ctx.now(), -day));
        ctx.log.info({ files });
      },
    },
  ],
  listeners: [
    onTicket("ticket.opened", tellOfOpened),
    onTicket("ticket.replied", tellOfReply),
    onTicket("ticket.answered", tellOfAnswer),
    {
      on: "ticket.assigned",
      run: async (tx, payload, cause) => {
        const assigneeId = textOf(payload, "assignee_id");
        if (assigneeId)
          await tellOfAssignment(tx, cause, {
            ticketId: String(payload["ticket_id"]),
            ...{ messageId: null, assigneeId },
          });
      },
    },
  ],
};
