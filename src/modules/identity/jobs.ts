import type { ModuleJobs } from "@/platform/jobs";
import { addSeconds } from "@/shared/time";
import { deleteEndedLinks } from "./queries/links";
import { deleteEndedSessions } from "./queries/sessions";

const kept = 30 * 24 * 60 * 60;

export const identityJobs: ModuleJobs = {
  timers: [
    {
      name: "identity_forget_sessions",
      cron: "17 3 * * *",
      run: async (ctx) => {
        const ended = addSeconds(ctx.now(), -kept);
        ctx.log.info({ removed: await deleteEndedSessions(ctx, ended) });
      },
    },
    {
      name: "identity_forget_links",
      cron: "27 3 * * *",
      run: async (ctx) => {
        const ended = addSeconds(ctx.now(), -kept);
        ctx.log.info({ removed: await deleteEndedLinks(ctx, ended) });
      },
    },
  ],
};
