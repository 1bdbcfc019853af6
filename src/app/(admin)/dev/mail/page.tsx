import { Mails } from "lucide-react";
import type { Metadata } from "next";
import { shown } from "@/http/shown";
import { listMails } from "@/platform/mail/mailbox";
import { EagerLink } from "@/ui/controls/eager-link";
import { Card } from "@/ui/display/card";
import { EmptyState } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";
import { Time } from "@/ui/display/time";
import { mailboxCtx } from "./load";

export const metadata: Metadata = { title: "Mailbox" };

/** The mails that this installation would have sent, had it a mail server. */
export default async function MailboxPage() {
  const ctx = await mailboxCtx();
  const mails = await shown(ctx, listMails(ctx));
  return (
    <>
      <PageHeader
        title="Mailbox"
        description="There is no mail server, so mails are kept here instead of being sent. Set SMTP_URL to send them."
      />
      <Card flush>
        {mails.length === 0 ? (
          <EmptyState
            icon={<Mails />}
            title="No mails yet"
            description="Invite somebody, or register at the portal: the mail appears here within a second."
          />
        ) : (
          <ul className="divide-y">
            {mails.map(({ id, subject, recipient, created_at }) => (
              <li key={id}>
                <EagerLink
                  href={`/dev/mail/${id}`}
                  className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 px-4 py-2 text-sm -outline-offset-2 hover:bg-subtle"
                >
                  <span className="min-w-0">
                    <span className="block font-medium wrap-anywhere">
                      {subject}
                    </span>
                    <span className="block text-xs wrap-anywhere text-ink-muted">
                      {`To ${recipient}`}
                    </span>
                  </span>
                  <Time
                    value={created_at}
                    format="relative"
                    className="text-xs text-ink-faint"
                  />
                </EagerLink>
              </li>
            ))}
          </ul>
        )}
      </Card>
    </>
  );
}
