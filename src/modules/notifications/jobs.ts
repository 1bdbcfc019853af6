import {
  customerContacts,
  findContact,
  staffContacts,
} from "@/modules/identity";
import type { TxCtx } from "@/platform/context";
import { textOf, type Payload } from "@/platform/deliver";
import type { Listener, ModuleJobs } from "@/platform/jobs";
import { deleteMails } from "@/platform/mail/mailbox";
import { addSeconds } from "@/shared/time";
import type { NoticeName } from "./contract";
import { deleteNotifications } from "./queries";
import { makeAndSend } from "./service/mails";
import { sendMailTask, type MailJob } from "./service/mail-job";
import { customerNameOf } from "./service/names";
import { notify, sendMail, type Cause } from "./service/notify";
import { plainName, type Params } from "./wording";

const day = 24 * 60 * 60;

export const notificationsJobs: ModuleJobs = {
  tasks: [
    {
      name: sendMailTask,
      // Safe: only sendMail() adds this task.
      run: (ctx, payload) => makeAndSend(ctx, payload as MailJob),
    },
  ],
  timers: [
    {
      name: "notifications_forget",
      cron: "37 3 * * *",
      run: async (ctx) => {
        const before = (days: number) => addSeconds(ctx.now(), -days * day);
        const mails = await deleteMails(ctx, before(90));
        const removed = await deleteNotifications(ctx, before(180));
        ctx.log.info({ mails, removed });
      },
    },
  ],
  listeners: [
    mails("user.registered", "verify"),
    mails("user.verification_requested", "verify"),
    {
      on: "password.reset_requested",
      run: async (tx, payload, cause) => {
        const person = await findContact(tx, {
          email: textOf(payload, "email"),
        });
        if (!person) return;
        const mail = { template: "reset", user_id: person.id } as const;
        await sendMail(tx, cause, mail);
      },
    },
    {
      on: "invitation.created",
      run: (tx, payload, cause) =>
        sendMail(tx, cause, {
          template: "invite",
          invitation_id: textOf(payload, "invitation_id"),
        }),
    },
    tells("password.changed"),
    tells("two_factor.enabled"),
    tells("two_factor.disabled"),
    tells("recovery_code.used", ({ left }) => ({ left: Number(left ?? 0) })),
    tells("external_login.linked", (payload) => ({
      provider: textOf(payload, "provider"),
    })),
    tells("session.refresh_reused"),
    tells("user.registration_repeated"),
    {
      on: "session.opened",
      run: async (tx, payload, cause) => {
        if (payload["is_new_device"] !== true) return;
        const params = {
          ip: textOf(payload, "ip") || "–",
          user_agent: textOf(payload, "user_agent").slice(0, 300),
        };
        await tellOne(tx, cause, "session.opened", payload, params);
      },
    },
    tellsOfSuspension("customer.status_changed"),
    tellsOfSuspension("customer.updated"),
    tellsCustomer("member.joined"),
    tellsCustomer("member.removed"),
    {
      on: "staff.joined",
      run: async (tx, payload, cause) => {
        const id = textOf(payload, "user_id");
        const person = await findContact(tx, { id });
        if (!person) return;
        const team = await staffContacts(tx, ["owner", "admin"]);
        await notify(tx, cause, {
          event: "staff.joined",
          to: team.filter((one) => one.id !== id),
          customerId: null,
          params: { name: plainName(person.name), email: person.email },
          href: "/settings/staff",
        });
      },
    },
    {
      on: "view_as.started",
      run: async (tx, payload, cause) => {
        const id = textOf(payload, "staff_user_id");
        const customerId = textOf(payload, "customer_id");
        const person = await findContact(tx, { id });
        const owners = await staffContacts(tx, ["owner"]);
        await notify(tx, cause, {
          event: "view_as.started",
          to: owners.filter((one) => one.id !== id),
          customerId: null,
          params: {
            name: plainName(person?.name ?? "–"),
            customer: await customerNameOf(tx, customerId),
            reason: textOf(payload, "reason").slice(0, 300),
          },
          href: `/customers/${customerId}`,
        });
      },
    },
  ],
};

/** A mail to the person whom the event is about. */
function mails(on: string, template: "verify"): Listener {
  return {
    on,
    run: async (tx, payload, cause) => {
      const user_id = textOf(payload, "user_id");
      // The event of an address that nobody has names nobody.
      if (user_id) await sendMail(tx, cause, { template, user_id });
    },
  };
}

/** A notice to the person whom the event is about. */
function tells(
  on: NoticeName,
  paramsOf: (payload: Payload) => Params = () => ({}),
): Listener {
  return {
    on,
    run: (tx, payload, cause) =>
      tellOne(tx, cause, on, payload, paramsOf(payload)),
  };
}

async function tellOne(
  tx: TxCtx,
  cause: Cause,
  event: NoticeName,
  payload: Payload,
  params: Params,
): Promise<void> {
  const person = await findContact(tx, { id: textOf(payload, "user_id") });
  if (!person) return;
  const to = [person];
  await notify(tx, cause, { event, to, customerId: null, params, href: null });
}

/** A notice to the owners of a customer whose access staff took, or gave back. */
function tellsOfSuspension(on: string): Listener {
  return {
    on,
    run: async (tx, payload, cause) => {
      const event = suspensionIn(payload);
      if (!event) return;
      const customerId = textOf(payload, "customer_id");
      await notify(tx, cause, {
        event,
        to: await customerContacts(tx, customerId, ["owner"]),
        customerId,
        params: { customer: await customerNameOf(tx, customerId) },
        href: event === "account.restored" ? "/portal" : null,
      });
    },
  };
}

function suspensionIn(payload: Payload): NoticeName | null {
  const before = textOf(payload, "previous_status");
  const after = textOf(payload, "status");
  if (before === "" || before === after) return null;
  if (after === "suspended") return "account.suspended";
  if (before === "suspended" && after === "active") return "account.restored";
  return null;
}

/** A notice to the owners of a customer, about one of its people. */
function tellsCustomer(on: "member.joined" | "member.removed"): Listener {
  return {
    on,
    run: async (tx, payload, cause) => {
      const id = textOf(payload, "user_id");
      const customerId = textOf(payload, "customer_id");
      const person = await findContact(tx, { id });
      if (!person) return;
      const owners = await customerContacts(tx, customerId, ["owner"]);
      await notify(tx, cause, {
        event: on,
        to: owners.filter((one) => one.id !== id),
        customerId,
        params: {
          name: plainName(person.name),
          email: person.email,
          customer: await customerNameOf(tx, customerId),
        },
        href: "/portal/team",
      });
    },
  };
}
