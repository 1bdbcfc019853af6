import type { Contact } from "@/modules/identity";
import { addJob } from "@/platform/add-job";
import type { TxCtx } from "@/platform/context";
import { derivedId } from "@/platform/derived-id";
import { noticeEvents, type NoticeName } from "../contract";
import { findChoices, insertNotification } from "../queries";
import type { Params } from "../wording";
import { sendMailTask, type MailJob } from "./mail-job";

/** The event that causes a notice or a mail: what follows from it is made once. */
export type Cause = { id: string };

export type Notice = {
  event: NoticeName;
  to: Contact[];
  /** the customer whose portal shows it; null for what concerns the person */
  customerId: string | null;
  params: Params;
  /** a path of ours that shows what it is about */
  href: string | null;
  /** where somebody's answer to the mail goes; none: it is not answered */
  replyTo?: (person: Contact) => string | null;
};

/** Tell people of an event where each wants to be told: in the app, by mail, or both. */
export async function notify(
  tx: TxCtx,
  cause: Cause,
  { event, to, customerId, params, href, replyTo }: Notice,
): Promise<void> {
  const { in_app, mail, isMailFixed } = noticeEvents[event];
  for (const person of to) {
    const choices = await findChoices(tx, person.id);
    const choice = choices.get(event) ?? { in_app, mail };
    if (choice.in_app)
      await insertNotification(
        tx,
        { userId: person.id, customerId },
        { id: derivedId("ntf", cause.id, person.id), event, params, href },
      );
    const reply_to = replyTo?.(person) ?? null;
    if (choice.mail || isMailFixed)
      await sendMail(tx, cause, {
        ...(reply_to && { reply_to }),
        template: "notice",
        user_id: person.id,
        event,
        params: { ...params, at: tx.now().toISOString() },
        href,
      });
  }
}

/** Have a mail sent once the transaction has committed; once, although its cause comes twice. */
export async function sendMail(
  tx: TxCtx,
  cause: Cause,
  mail: Omit<MailJob, "id">,
): Promise<void> {
  const person = mail.user_id ?? mail.invitation_id ?? "";
  const id = derivedId("eml", cause.id, mail.template, person);
  await addJob(tx, sendMailTask, { id, ...mail }, `mail:${id}`);
}
