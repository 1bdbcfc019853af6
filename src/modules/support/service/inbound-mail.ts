import type { Ctx } from "@/platform/context";
import { env } from "@/platform/env";
import { signedBody } from "@/platform/signed-body";
import { notFound } from "@/shared/errors";
import { InboundMail, type InboundMailResult } from "../contract/inbound-mail";
import { takeMail } from "./take-mail";

/**
 * Take a mail that a provider, or a script, sends as a signed body. Throws NOT_FOUND where no such
 * mailbox is set up, VALIDATION_FAILED when the signature is wrong or the body is no mail.
 */
export async function receiveMail(
  ctx: Ctx,
  raw: string,
  headers: Headers,
): Promise<InboundMailResult> {
  const { message_id, from, to, text, files, is_automatic } = read(
    ctx,
    raw,
    headers,
  );
  const { result } = await takeMail(ctx, {
    ...{ messageId: message_id, from, text, isAutomatic: is_automatic },
    to: Array.isArray(to) ? to : [to],
    files: files.map(({ name, content }) => ({
      name,
      bytes: Buffer.from(content, "base64"),
    })),
  });
  return result;
}

function read(ctx: Ctx, raw: string, headers: Headers): InboundMail {
  const { SUPPORT_INBOUND_SECRET: secret } = env();
  if (!secret) throw notFound("webhook endpoint");
  return signedBody(InboundMail, {
    ...{ secret, raw, headers, now: ctx.now() },
    variable: "SUPPORT_INBOUND_SECRET",
  });
}
