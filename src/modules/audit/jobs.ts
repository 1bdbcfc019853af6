import type { Ctx } from "@/platform/context";
import type { ModuleJobs } from "@/platform/jobs";
import { findHead } from "./queries/seals";
import { sealAudit } from "./service/seal";

export const auditJobs: ModuleJobs = {
  timers: [
    {
      name: "seal_audit",
      cron: "* * * * *",
      run: async (ctx) => void (await sealAudit(ctx)),
    },
    // Once a day over the whole log, for what was written with an older time.
    { name: "seal_audit_all", cron: "41 3 * * *", run: sealAll },
  ],
};

// The head goes into the log lines, which are kept elsewhere: it proves what the log held.
async function sealAll(ctx: Ctx): Promise<void> {
  const { sealed } = await sealAudit(ctx, { all: true });
  const head = await findHead(ctx);
  if (!head) return;
  const digest = Buffer.from(head.digest).toString("hex");
  ctx.log.info({ sealed, head: `${head.seq}:${digest}` }, "audit log sealed");
}
