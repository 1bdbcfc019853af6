import { customerContacts } from "@/modules/identity";
import { getInvoice } from "@/modules/invoices";
import { customerNameOf, notify, plainName } from "@/modules/notifications";
import type { NoticeName } from "@/modules/notifications/contract";
import type { TxCtx } from "@/platform/context";
import { textOf, type Payload } from "@/platform/deliver";
import type { Listener, ModuleJobs } from "@/platform/jobs";
import { singleton } from "@/platform/singleton";
import { versionNames } from "@/modules/plans";
import { runDue } from "./service/due";
import { onFailed, onPaid, onTakenBack } from "./service/payments";
import { followProvider } from "./service/provider";

export const subscriptionsJobs: ModuleJobs = {
  timers: [
    {
      name: "subscriptions_due",
      cron: "* * * * *",
      run: async (ctx) => {
        // A long run goes on past the next minute: another process may join it, this one has.
        const runs = singleton("billing-runs", () => ({ areOn: false }));
        if (runs.areOn) return;
        runs.areOn = true;
        try {
          const done = await runDue(ctx);
          if (done > 0) ctx.log.info({ done }, "subscriptions looked after");
        } finally {
          runs.areOn = false;
        }
      },
    },
  ],
  listeners: [
    settled("invoice.paid", true),
    settled("invoice.voided", false),
    {
      on: "invoice.reopened",
      run: async (tx, { invoice_id }) => onTakenBack(tx, String(invoice_id)),
    },
    {
      on: "payment.failed",
      run: async (tx, { invoice_id }) => {
        if (typeof invoice_id === "string") await onFailed(tx, invoice_id);
      },
    },
    { on: "provider.subscription_changed", run: followProvider },
    tells("subscription.trial_ending"),
    tells("subscription.renewal_due"),
    tells("subscription.past_due"),
    tells("subscription.dunning"),
    tells("subscription.access_ended"),
    tells("subscription.canceled"),
    tells("subscription.change_failed"),
  ],
};

function settled(on: string, isMoney: boolean): Listener {
  return {
    on,
    run: async (tx, { invoice_id }) => {
      const { subscription_id } = await getInvoice(tx, String(invoice_id));
      if (subscription_id) await onPaid(tx, subscription_id, isMoney);
    },
  };
}

/** A notice to those of a customer who pay. */
function tells(on: NoticeName): Listener {
  return {
    on,
    run: async (tx, payload, cause) => {
      const customerId = String(payload["customer_id"]);
      await notify(tx, cause, {
        event: on,
        to: await customerContacts(tx, customerId, ["owner", "billing"]),
        customerId,
        params: await paramsOf(tx, customerId, payload),
        href: "/portal/plan",
      });
    },
  };
}

async function paramsOf(tx: TxCtx, customerId: string, payload: Payload) {
  const version = payload["plan_version_id"];
  const plans =
    typeof version === "string" ? await versionNames(tx, [version]) : null;
  const text = (name: string) => textOf(payload, name);
  return {
    customer: await customerNameOf(tx, customerId),
    plan: plainName(
      text("plan") ||
        (plans?.get(text("plan_version_id"))?.plan.name ?? "the plan"),
    ),
    date: (text("at") || text("grace_until")).slice(0, 10),
    day: Number(payload["day"] ?? 0),
  };
}
