import { staffContacts } from "@/modules/identity";
import { customerNameOf, notify } from "@/modules/notifications";
import { textOf } from "@/platform/deliver";
import type { ModuleJobs } from "@/platform/jobs";
import { eraseTask } from "./service/erasure";
import { resumeErasures, workOnErasure } from "./service/erasure-work";

export const privacyJobs: ModuleJobs = {
  tasks: [
    {
      name: eraseTask,
      isSlow: true,
      run: (ctx, { erasure_id }) => workOnErasure(ctx, String(erasure_id)),
    },
  ],
  listeners: [
    {
      on: "erasure.waits",
      run: async (tx, payload, cause) => {
        const customerId = textOf(payload, "customer_id");
        await notify(tx, cause, {
          event: "erasure.waits",
          to: await staffContacts(tx, ["owner", "admin"]),
          customerId: null,
          params: {
            customer: await customerNameOf(tx, customerId),
            reason: textOf(payload, "reason"),
          },
          href: `/customers/${customerId}`,
        });
      },
    },
  ],
  timers: [
    {
      name: "erasures_resume",
      cron: "* * * * *",
      atStart: true,
      run: resumeErasures,
    },
  ],
};
