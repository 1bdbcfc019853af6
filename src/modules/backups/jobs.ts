import { staffContacts } from "@/modules/identity";
import { notify } from "@/modules/notifications";
import { textOf } from "@/platform/deliver";
import type { ModuleJobs } from "@/platform/jobs";
import { backUpNightly, watchBackups } from "./service/backup";

export const backupsJobs: ModuleJobs = {
  timers: [
    {
      name: "backups_make",
      cron: "17 2 * * *",
      isSlow: true,
      run: backUpNightly,
    },
    { name: "backups_watch", cron: "47 7 * * *", run: watchBackups },
  ],
  listeners: [
    {
      on: "backup.failed",
      run: async (tx, payload, cause) =>
        notify(tx, cause, {
          event: "backup.failed",
          to: await staffContacts(tx, ["owner", "admin"]),
          customerId: null,
          params: {
            last: textOf(payload, "last").slice(0, 10) || "none",
            error: textOf(payload, "error"),
          },
          href: null,
        }),
    },
  ],
};
