import type { BlockerCheck } from "@/modules/customers";
import type { ModuleJobs } from "@/platform/jobs";
import { workTask } from "./service/create";
import { importTask } from "./service/import";
import { resumeImports, workOnImport } from "./service/import-work";
import { mailCustomer, mailTask, type BatchMail } from "./service/mail";
import { forgetBatches, resumeBatches, workOnBatch } from "./service/work";

/** `checks` say what stands in the way of deleting a customer, for undoing an import. */
export function batchesJobs(checks: BlockerCheck[]): ModuleJobs {
  return {
    tasks: [
      {
        name: workTask,
        run: (ctx, { batch_id }) => workOnBatch(ctx, String(batch_id)),
      },
      {
        name: mailTask,
        // Safe: only a batch adds this task.
        run: (ctx, payload) => mailCustomer(ctx, payload as BatchMail),
      },
      {
        name: importTask,
        run: (ctx, { import_id }) =>
          workOnImport(ctx, String(import_id), checks),
      },
    ],
    timers: [
      {
        name: "batches_resume",
        cron: "* * * * *",
        run: async (ctx) => {
          await resumeBatches(ctx);
          await resumeImports(ctx);
        },
      },
      { name: "batches_forget", cron: "41 3 * * *", run: forgetBatches },
    ],
  };
}
