import { TypeID } from "typeid-js";
import * as z from "zod";

/** Prefixes of public ids: a TypeID over the row's UUIDv7. */
export type IdPrefix =
  "aud" | "cus" | "key" | "ltx" | "ses" | "stk" | "usr" | "req";

const suffix = "[0-7][0-9a-hjkmnp-tv-z]{25}";
const alphabet =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Schema of a public id with this prefix, such as `cus_01jd…`. */
export function idOf(prefix: IdPrefix) {
  return z.string().regex(new RegExp(`^${prefix}_${suffix}$`), {
    error: `must be an id that starts with ${prefix}_`,
  });
}

/** The UUID inside a public id. Throws on anything that `idOf` would refuse. */
export function toUuid(id: string): string {
  return TypeID.fromString(id).toUUID();
}

/** The public id of a row. */
export function fromUuid(prefix: IdPrefix, uuid: string): string {
  return TypeID.fromUUID(prefix, uuid).toString();
}

/** A new public id over a fresh UUIDv7. */
export function newId(prefix: IdPrefix): string {
  return new TypeID(prefix).toString();
}

/** `length` characters of 0-9A-Za-z, each 5.95 bits from the system's secure source. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length * 2))) {
      // 248 is the greatest multiple of 62 in a byte: no character is likelier than another.
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
}
