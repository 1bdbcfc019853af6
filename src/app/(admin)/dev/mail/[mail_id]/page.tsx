import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { shown } from "@/http/shown";
import { findMail } from "@/platform/mail/mailbox";
import { idOf } from "@/shared/ids";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { PageHeader } from "@/ui/display/page-header";
import { Time } from "@/ui/display/time";
import { mailboxCtx } from "../load";

// The mail may hold a secret: its address must not go along with a link to elsewhere.
export const metadata: Metadata = { title: "Mail", referrer: "no-referrer" };

type Given = { params: Promise<{ mail_id: string }> };

/** A mail as its reader would see it, and its text part. */
export default async function MailPage({ params }: Given) {
  const ctx = await mailboxCtx();
  const { mail_id } = await params;
  if (!idOf("eml").safeParse(mail_id).success) notFound();
  const mail = await shown(ctx, findMail(ctx, mail_id));
  if (!mail) notFound();
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: "Mailbox", href: "/dev/mail" }]}
        title={mail.subject}
      />
      <Card>
        <DescriptionList
          items={[
            { label: "To", value: mail.recipient },
            { label: "Template", value: mail.template },
            { label: "Status", value: mail.error ?? mail.status },
            {
              label: "Made",
              value: <Time value={mail.created_at} format="datetime" />,
            },
          ]}
        />
      </Card>
      <Card title="HTML" flush>
        {/* No script runs in it; a link opens a window that is free of the sandbox. */}
        <iframe
          title="The mail as HTML"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          srcDoc={mail.html ?? ""}
          className="h-[36rem] w-full rounded-b-lg bg-[#f6f6f7]"
        />
      </Card>
      <Card title="Text">
        <pre className="text-sm wrap-anywhere whitespace-pre-wrap">
          {mail.text}
        </pre>
      </Card>
    </>
  );
}
