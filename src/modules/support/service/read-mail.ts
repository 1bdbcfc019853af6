import type { Email } from "postal-mime";
import type { ReceivedMail } from "./take-mail";

const mostText = 500_000;

/** A mail of the wire: its own words, its files, and whether a program sent it. Throws for no mail. */
export async function readMail(
  raw: Uint8Array,
): Promise<
  Omit<ReceivedMail, "to" | "messageId"> & { messageId: string | null }
> {
  const { default: PostalMime } = await import("postal-mime");
  const mail = await PostalMime.parse(raw, {
    maxNestingDepth: 32,
    maxHeadersSize: 200_000,
    forceRfc822Attachments: true,
  });
  return {
    messageId: mail.messageId?.slice(0, 998) || null,
    from: mail.from?.address ?? "",
    text: (await textOf(mail)).slice(0, mostText),
    isAutomatic: isAutomatic(mail),
    files: mail.attachments
      .filter(({ mimeType }) => !signatures.has(mimeType))
      .map(({ filename, mimeType, content }, at) => ({
        name: filename || `${mimeType.split("/")[0] ?? "file"} ${at + 1}`,
        bytes:
          typeof content === "string"
            ? Buffer.from(content)
            : new Uint8Array(content),
      })),
  };
}

// They sign the mail itself.
const signatures = new Set([
  "application/pgp-signature",
  "application/pkcs7-signature",
  "application/x-pkcs7-signature",
]);

async function textOf({ text, html }: Email): Promise<string> {
  if (text?.trim() || !html) return text ?? "";
  const { toPlainText } = await import("react-email");
  return toPlainText(html.slice(0, mostText), {
    selectors: [
      { selector: "img", format: "skip" },
      { selector: "a", options: { ignoreHref: true } },
    ],
  });
}

// RFC 3834, and what programs that are older than it write.
function isAutomatic({ headers, from }: Email): boolean {
  const said = (name: string) =>
    headers
      .filter(({ key }) => key === name)
      .map(({ value }) => value.trim().toLowerCase());
  const isReport = said("content-type").some((type) =>
    type.startsWith("multipart/report"),
  );
  return (
    isReport ||
    said("auto-submitted").some((value) => !/^no\b/.test(value)) ||
    said("precedence").some((value) =>
      /^(bulk|junk|list|auto_reply)\b/.test(value),
    ) ||
    said("return-path").includes("<>") ||
    ["list-id", "x-autoreply", "x-autorespond", "x-autoresponder"].some(
      (name) => said(name).length > 0,
    ) ||
    /^(mailer-daemon|postmaster|no-?reply)@/i.test(from?.address ?? "")
  );
}
