import { toUuid } from "@/shared/ids";
import { env } from "../env";
import { assertAddress, headerLine, type Mail } from "./mail";

/** What a mail server said no to for good: sending again would be refused again. */
export class Refusal extends Error {
  override name = "Refusal";
}

/** Hand a mail to SMTP_URL's server. Throws Refusal, or another Error when it may work later. */
export async function sendBySmtp(mail: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM = "" } = env();
  assertAddress(mail.to);
  if (mail.replyTo) assertAddress(mail.replyTo);
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: { name: headerLine(mail.from, 60), address: MAIL_FROM },
      to: { name: "", address: mail.to },
      ...(mail.replyTo && { replyTo: { name: "", address: mail.replyTo } }),
      subject: headerLine(mail.subject),
      text: mail.text,
      html: mail.html,
      attachments: mail.attachments ?? [],
      // A mail that is sent again after a crash is known by it.
      messageId: `<${toUuid(mail.id)}@${MAIL_FROM.split("@")[1]}>`,
      headers: { "auto-submitted": "auto-generated" },
    });
  } catch (error) {
    throw isFinal(error) ? new Refusal(String(error)) : error;
  } finally {
    transport.close();
  }
}

// A 5xx to the recipient or to the content; one to the sign-in is ours to mend.
function isFinal(error: unknown): boolean {
  const { responseCode, command } = error as {
    responseCode?: number;
    command?: string;
  };
  return (
    responseCode !== undefined &&
    responseCode >= 500 &&
    (command === "RCPT TO" || command === "DATA")
  );
}
