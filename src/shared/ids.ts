import { TypeID } from "typeid-js";
import * as z from "zod";

/** Prefixes of public ids: a TypeID over the row's UUIDv7. */
export type IdPrefix =
  | "aud"
  | "cus"
  | "eml"
  | "inv"
  | "key"
  | "ltx"
  | "ntf"
  | "req"
  | "ses"
  | "set"
  | "stk"
  | "usr";

const suffix = "[0-7][0-9a-hjkmnp-tv-z]{25}";
const alphabet =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Schema of a public id with this prefix, such as `cus_01jd…`. */
export function idOf(prefix: IdPrefix) {
  return z.string().regex(new RegExp(`^${prefix}_${suffix}$`), {
    error: `must be an id that starts with ${prefix}_`,
  });
}

/**
 * The UUID inside a public id, whatever its version: an id that a caller made up is looked for
 * and not found. Throws on anything that `idOf` would refuse.
 */
export function toUuid(id: string): string {
  // By its bytes, since the library's toUUID() throws on bits that no generator sets.
  const bytes = TypeID.fromString(id).toUUIDBytes();
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"));
  return [
    [0, 4],
    [4, 6],
    [6, 8],
    [8, 10],
    [10, 16],
  ]
    .map(([from, to]) => hex.slice(from, to).join(""))
    .join("-");
}

/** The public id of a row. */
export function fromUuid(prefix: IdPrefix, uuid: string): string {
  const hex = uuid.replaceAll("-", "");
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 16; i += 1)
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return TypeID.fromUUIDBytes(prefix, bytes).toString();
}

/** A new public id over a fresh UUIDv7. */
export function newId(prefix: IdPrefix): string {
  return new TypeID(prefix).toString();
}

/** `length` characters of 0-9A-Za-z, each 5.95 bits from the system's secure source. */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      // 248 is the greatest multiple of 62 in a byte: no character is likelier than another.
      if (byte < 248 && text.length < length) text += alphabet[byte % 62];
    }
  }
  return text;
}
