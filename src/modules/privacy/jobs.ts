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
  timers: [
    {
      name: "erasures_resume",
      cron: "* * * * *",
      atStart: true,
      run: resumeErasures,
    },
  ],
};
