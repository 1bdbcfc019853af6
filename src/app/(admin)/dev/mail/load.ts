import { notFound } from "next/navigation";
import { staffCtx } from "@/http/page";
import { may } from "@/platform/context";
import { isMailboxOpen } from "@/platform/mail/mailbox";

/**
 * The context of a page of the mailbox; 404 where mails are sent. Its links let one in as
 * anybody, so it is for those who may change everything.
 */
export async function mailboxCtx() {
  const ctx = await staffCtx();
  if (!isMailboxOpen() || !may(ctx.actor, "settings:write")) notFound();
  return ctx;
}
