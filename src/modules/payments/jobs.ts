import type { ModuleJobs } from "@/platform/jobs";
import type { HostedName } from "./contract/parts";
import { sandboxTask } from "./providers/sandbox";
import { charge, chargeTask, sendRefund } from "./service/collect";
import { refundCreditNote } from "./service/credited";
import { takeWhatIsFree } from "./service/disputes";
import { processTask, receiveWebhook } from "./service/inbound";
import { detachTask, watchMethods } from "./service/methods";
import { noticeListeners } from "./service/notices";
import { processInbound, sweepInbound } from "./service/process";
import { findProvider } from "./service/providers";
import { reconcile } from "./service/reconcile";
import { refundTask } from "./service/refunds";
import { sandboxEvent } from "./service/sandbox-page";

export const paymentsJobs: ModuleJobs = {
  listeners: [
    ...noticeListeners,
    { on: "credit_note.issued", run: refundCreditNote },
    { on: "payment.refund_failed", run: takeWhatIsFree },
  ],
  timers: [
    { name: "payments_webhook_sweep", cron: "* * * * *", run: sweepInbound },
    { name: "payments_expiring", cron: "23 7 * * *", run: watchMethods },
    {
      name: "payments_reconcile",
      cron: "41 3 * * *",
      run: async (ctx) => {
        await reconcile(ctx, {});
      },
    },
  ],
  tasks: [
    {
      name: processTask,
      run: (ctx, { id }) => processInbound(ctx, String(id)),
    },
    {
      name: chargeTask,
      run: (ctx, { payment_id }) => charge(ctx, String(payment_id)),
    },
    {
      name: refundTask,
      run: (ctx, { refund_id }) => sendRefund(ctx, String(refund_id)),
    },
    {
      name: detachTask,
      run: async (ctx, { provider, provider_method_id }) => {
        // Safe: removeMethod() wrote it.
        const found = await findProvider(provider as HostedName);
        await found?.detach(ctx, String(provider_method_id));
      },
    },
    {
      name: sandboxTask,
      run: async (ctx, { event_id }) => {
        const event = await sandboxEvent(ctx, String(event_id));
        if (event)
          await receiveWebhook(ctx, "sandbox", event.raw, event.headers);
      },
    },
  ],
};
