import { createHmac } from "node:crypto";
import { env } from "@/platform/env";
import { derivedKey, isSame } from "@/platform/secret";
import { idOf } from "@/shared/ids";

/**
 * Where somebody's answer to a ticket's mail goes, or null where no mailbox is set up. It names the
 * ticket, and is signed for the one address that may use it: 80 bits of HMAC-SHA256 in hexadecimal,
 * since mail servers may change the case.
 */
export function replyAddress(ticketId: string, email: string): string | null {
  const { SUPPORT_INBOUND_ADDRESS: address } = env();
  if (!address) return null;
  const [name = "", domain = ""] = address.split("@");
  const suffix = ticketId.slice("tkt_".length);
  return `${name}+${suffix}.${mac(ticketId, email)}@${domain}`;
}

/** Whether an address has the form of those that answers go to: no other is taken at the door. */
export function isReplyAddress(to: string): boolean {
  const { SUPPORT_INBOUND_ADDRESS: address } = env();
  const [name, domain] = (address ?? "").toLowerCase().split("@");
  const at = to.lastIndexOf("@");
  const [given, signed] = to.slice(0, at).toLowerCase().split("+");
  return (
    given === name &&
    to.slice(at + 1).toLowerCase() === domain &&
    /^[0-9a-hjkmnp-tv-z]{26}\.[0-9a-f]{20}$/.test(signed ?? "")
  );
}

/** The ticket that an address was made for, if it was made for this sender; else null. */
export function ticketOfAddress(to: string, from: string): string | null {
  const found = /\+([0-9a-hjkmnp-tv-z]{26})\.([0-9a-f]{20})@/i.exec(to);
  if (!found) return null;
  const [, suffix = "", given = ""] = found;
  const id = `tkt_${suffix.toLowerCase()}`;
  if (!idOf("tkt").safeParse(id).success) return null;
  const right = Buffer.from(mac(id, from));
  return isSame(Buffer.from(given.toLowerCase()), right) ? id : null;
}

function mac(ticketId: string, email: string): string {
  return createHmac("sha256", derivedKey("reply-address"))
    .update(`${ticketId} ${email.normalize("NFKC").toLowerCase()}`)
    .digest("hex")
    .slice(0, 20);
}
