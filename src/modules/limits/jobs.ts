import type { ModuleJobs } from "@/platform/jobs";
import { deleteSubject } from "./queries";

export const limitsJobs: ModuleJobs = {
  listeners: [
    {
      on: "customer.deleted",
      run: (ctx, payload) => deleteSubject(ctx, String(payload["customer_id"])),
    },
  ],
};
