import type { Ctx } from "../context";
import { env } from "../env";
import type { Mail } from "./mail";
import { isMailboxOpen, noteMail } from "./mailbox";
import { Refusal, sendBySmtp } from "./smtp";

/**
 * Send a mail, or keep it for /dev/mail, and note what became of it. Never inside a transaction:
 * a mail server may take long, and what is sent is not rolled back. Throws when sending again
 * later may work, so that the worker does.
 */
export async function deliver(ctx: Ctx, mail: Mail): Promise<void> {
  if (isMailboxOpen()) return noteMail(ctx, mail, "kept");
  try {
    if (!env().SMTP_URL)
      throw new Error("There is no mail server: set SMTP_URL and MAIL_FROM.");
    await sendBySmtp(mail);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await noteMail(ctx, mail, "failed", reason);
    ctx.log.warn({ mail: mail.id, reason }, "a mail was not sent");
    if (error instanceof Refusal) return;
    throw error;
  }
  await noteMail(ctx, mail, "sent");
}
