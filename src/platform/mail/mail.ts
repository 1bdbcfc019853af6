import * as z from "zod";

/** A mail that is made: what is sent, and what the mailbox shows. */
export type Mail = {
  /** `eml_…`; a mail is sent once under its id */
  id: string;
  template: string;
  /** the sender's name beside MAIL_FROM */
  from: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  /** where an answer goes, when not to the sender */
  replyTo?: string;
  /** sent along; the mailbox keeps none */
  attachments?: Attachment[];
};

/** A file that goes with a mail. */
export type Attachment = {
  filename: string;
  contentType: string;
  content: Buffer;
};

/** One line for a header, from text that a person typed: what would end the line is a space. */
export function headerLine(text: string, max = 150): string {
  const line = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
}

/** Throws unless the text is one address and nothing else: a second one would get the mail too. */
export function assertAddress(text: string): void {
  if (!z.regexes.email.test(text) || text.length > 254)
    throw new Error(
      `${JSON.stringify(text.slice(0, 100))} is not one mail address, so nothing was sent to it.`,
    );
}
