import { customerContacts, staffContacts } from "@/modules/identity";
import { customerNameOf, notify, plainName } from "@/modules/notifications";
import type { TxCtx } from "@/platform/context";
import { textOf, type Payload } from "@/platform/deliver";
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
        const reason = textOf(payload, "reason");
        const notice = await staffNotice(tx, payload, { reason });
        await notify(tx, cause, { event: "erasure.waits", ...notice });
      },
    },
    {
      on: "customer.closing_requested",
      run: async (tx, payload, cause) => {
        const params = {
          name: plainName(textOf(payload, "name")),
          date: textOf(payload, "date"),
          days: Number(payload["days"]),
        };
        const notice = await staffNotice(tx, payload, params);
        await notify(tx, cause, { event: "customer.closing", ...notice });
        // Of what is closed at once there is nothing to take back, and soon nobody to tell.
        if (params.days === 0) return;
        const owners = await ownersNotice(tx, payload, params);
        await notify(tx, cause, { event: "account.closing", ...owners });
      },
    },
    {
      on: "customer.closing_canceled",
      run: async (tx, payload, cause) => {
        const date = textOf(payload, "date");
        const name = plainName(textOf(payload, "name"));
        const notice = await staffNotice(tx, payload, { name, date });
        await notify(tx, cause, { event: "customer.kept", ...notice });
        const isTheirs = payload["kind"] === "customer";
        const params = { name: isTheirs ? name : "none", date };
        const owners = await ownersNotice(tx, payload, params);
        await notify(tx, cause, { event: "account.kept", ...owners });
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

type Params = Record<string, string | number>;

async function staffNotice(tx: TxCtx, payload: Payload, params: Params) {
  const id = textOf(payload, "customer_id");
  return {
    to: await staffContacts(tx, ["owner", "admin"]),
    customerId: null,
    params: { ...params, customer: await customerNameOf(tx, id) },
    href: `/customers/${id}`,
  };
}

async function ownersNotice(tx: TxCtx, payload: Payload, params: Params) {
  const customerId = textOf(payload, "customer_id");
  const customer = await customerNameOf(tx, customerId);
  return {
    to: await customerContacts(tx, customerId, ["owner"]),
    customerId,
    params: { ...params, customer },
    href: "/portal/account",
  };
}
