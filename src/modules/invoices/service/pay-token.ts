import { createHmac } from "node:crypto";
import { env } from "@/platform/env";
import { derivedKey, isSame } from "@/platform/secret";
import { DomainError, notFound } from "@/shared/errors";
import { idOf } from "@/shared/ids";
import { startOfUtcDay } from "@/shared/time";

const days = 180;

/** A token that shows one invoice until it expires: the id, the end in milliseconds, and their HMAC. */
export function payToken(invoiceId: string, until: Date): string {
  const claim = `${invoiceId.slice(4)}.${until.getTime().toString(36)}`;
  return `${claim}.${mac(claim)}`;
}

/** The address that pays an invoice with no sign-in, for half a year. The same all day long. */
export function payUrl(invoiceId: string, now: Date): string {
  return `${env().APP_URL}/pay/${payToken(invoiceId, startOfUtcDay(now, days))}`;
}

/** Whose link it is: the id of the invoice. Throws NOT_FOUND for a forged one, GONE for an old one. */
export function invoiceOfToken(token: string, now: Date): string {
  const [suffix = "", end = "", given = ""] = token.split(".");
  const id = idOf("ivc").safeParse(`ivc_${suffix}`);
  const right = Buffer.from(mac(`${suffix}.${end}`));
  if (!id.success || !isSame(Buffer.from(given), right))
    throw notFound("pay link");
  if (Number.parseInt(end, 36) < now.getTime())
    throw new DomainError(
      "GONE",
      "This link has expired. Ask for a new one, or sign in to the portal.",
    );
  return id.data;
}

function mac(claim: string): string {
  return createHmac("sha256", derivedKey("pay-link"))
    .update(claim)
    .digest("base64url");
}
