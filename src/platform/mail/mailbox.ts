import type { Prisma } from "../db/generated/client";
import type { Ctx } from "../context";
import { env } from "../env";
import { fromUuid, toUuid } from "@/shared/ids";
import type { Mail } from "./mail";

export type MailStatus = "sent" | "kept" | "failed";

/** What became of a mail. */
export type MailRecord = {
  id: string;
  recipient: string;
  template: string;
  subject: string;
  status: MailStatus;
  error: string | null;
  created_at: string;
};

/** Whether mails are kept and shown at /dev/mail instead of being sent. */
export function isMailboxOpen(): boolean {
  const { SMTP_URL, DEV_MAILBOX, NODE_ENV } = env();
  if (SMTP_URL) return false;
  return DEV_MAILBOX ? DEV_MAILBOX === "on" : NODE_ENV !== "production";
}

/** Whether the mail was sent or kept already. */
export async function isDelivered(ctx: Ctx, id: string): Promise<boolean> {
  const where = { id: toUuid(id), status: { not: "failed" } };
  return (await ctx.db.mail.count({ where })) > 0;
}

/** Note what became of a mail. Its content is kept only where it is shown: links let one in. */
export async function noteMail(
  ctx: Ctx,
  mail: Mail,
  status: MailStatus,
  error: string | null = null,
): Promise<void> {
  const fields = {
    recipient: mail.to,
    template: mail.template,
    subject: mail.subject,
    status,
    error: error && error.slice(0, 500),
    ...(status === "kept" && { html: mail.html, text: mail.text }),
  };
  await ctx.db.mail.upsert({
    where: { id: toUuid(mail.id) },
    create: { ...fields, id: toUuid(mail.id), created_at: ctx.now() },
    update: fields,
  });
}

/** The mails of the mailbox, newest first. For the page, which authorises. */
export async function listMails(ctx: Ctx, take = 100): Promise<MailRecord[]> {
  const rows = await ctx.db.mail.findMany({
    orderBy: { id: "desc" },
    omit: { html: true, text: true },
    take,
  });
  return rows.map(toRecord);
}

/** A mail with its content, or null. For the page, which authorises. */
export async function findMail(ctx: Ctx, id: string) {
  const row = await ctx.db.mail.findUnique({ where: { id: toUuid(id) } });
  return row && { ...toRecord(row), html: row.html, text: row.text };
}

/** Forget mails that were made before an instant; the answer counts them. */
export async function deleteMails(ctx: Ctx, before: Date): Promise<number> {
  const where = { created_at: { lt: before } };
  return (await ctx.db.mail.deleteMany({ where })).count;
}

type Row = Omit<Prisma.MailGetPayload<object>, "html" | "text">;

function toRecord(row: Row): MailRecord {
  return {
    id: fromUuid("eml", row.id),
    recipient: row.recipient,
    template: row.template,
    subject: row.subject,
    status: row.status as MailStatus, // Safe: a CHECK constraint.
    error: row.error,
    created_at: row.created_at.toISOString(),
  };
}
