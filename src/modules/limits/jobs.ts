import type { ModuleJobs } from "@/platform/jobs";
import { deleteSubject } from "./queries/policies";
import { rearmAll, rearmAllTask, rearmOne, rearmTask } from "./service/rearm";

export const limitsJobs: ModuleJobs = {
  listeners: [
    {
      on: "customer.deleted",
      run: (ctx, payload) => deleteSubject(ctx, String(payload["customer_id"])),
    },
  ],
  tasks: [
    {
      name: rearmTask,
      run: (ctx, { customer_id, meter_id }) =>
        rearmOne(
          ctx,
          String(customer_id),
          typeof meter_id === "string" ? meter_id : null,
        ),
    },
    {
      name: rearmAllTask,
      run: (ctx, { plan_id, after }) =>
        rearmAll(
          ctx,
          typeof plan_id === "string" ? plan_id : null,
          typeof after === "string" ? after : null,
        ),
    },
  ],
};
