import {
  findContact,
  makeAccountLink,
  makeInvitationLink,
} from "@/modules/identity";
import { settings } from "@/modules/settings";
import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import { deliver } from "@/platform/mail/deliver";
import { renderLetter } from "@/platform/mail/letter";
import type { Attachment } from "@/platform/mail/mail";
import { isDelivered } from "@/platform/mail/mailbox";
import { accentShades, defaultAccent } from "@/shared/accent";
import {
  accountLetter,
  invitationLetter,
  noticeLetter,
  type Draft,
  type Sender,
} from "../letters";
import type { MailJob } from "./mail-job";

/**
 * Make a mail and send it. Nothing is sent twice, nor to people who may not sign in any more, nor
 * for what has been done since. Throws when sending again later may work.
 */
export async function makeAndSend(ctx: Ctx, job: MailJob): Promise<void> {
  if (await isDelivered(ctx, job.id)) return;
  const draft = await draftOf(ctx, job);
  if (!draft) return;
  const { name, sender } = await senderOf(ctx);
  const letter = draft({ ...sender, company: name });
  await sendLetter(ctx, job.id, job.template, letter);
}

/**
 * Send a letter in the seller's name, for the jobs of other modules: `id` (`eml_…`) is sent once,
 * `template` is how the mailbox calls it. Throws when sending again later may work.
 */
export async function sendLetter(
  ctx: Ctx,
  id: string,
  template: string,
  { to, subject, replyTo, ...letter }: Draft,
  attachments: Attachment[] = [],
): Promise<void> {
  const { name, sender } = await senderOf(ctx);
  const content = await renderLetter({ ...letter, sender });
  await deliver(ctx, {
    id,
    template,
    from: name,
    to,
    subject,
    ...(replyTo && { replyTo }),
    ...content,
    attachments,
  });
}

type Write = (sender: Sender) => Draft;

async function draftOf(ctx: Ctx, job: MailJob): Promise<Write | null> {
  const userId = job.user_id ?? "";
  switch (job.template) {
    case "verify": {
      const purpose = "verify_email";
      const link = await makeAccountLink(ctx, { userId, purpose });
      return link && ((by) => accountLetter("verify", link, by));
    }
    case "reset": {
      const purpose = "reset_password";
      const link = await makeAccountLink(ctx, { userId, purpose });
      return link && ((by) => accountLetter("reset", link, by));
    }
    case "invite": {
      const id = job.invitation_id ?? "";
      const invitation = await makeInvitationLink(ctx, id);
      return invitation && ((by) => invitationLetter(invitation, by));
    }
    case "notice": {
      const person = await findContact(ctx, { id: userId });
      const { event, params = {}, href = null, reply_to } = job;
      if (!person || !event) return null;
      const notice = { event, params, href, person, replyTo: reply_to };
      return (by) => noticeLetter(notice, by);
    }
    default:
      return job.template satisfies never;
  }
}

async function senderOf(ctx: Ctx) {
  const { company, portal } = await settings(ctx);
  const shades = accentShades(portal.accent ?? defaultAccent, "light");
  return {
    name: company.name,
    sender: {
      name: company.name,
      href: company.url ?? env().APP_URL,
      accent: shades.accent,
      accentInk: shades["accent-ink"],
      support: company.support_email,
      appUrl: env().APP_URL,
    },
  };
}
