import { TypeID } from "typeid-js";
import * as z from "zod";

/** Prefixes of public ids: a TypeID over the row's UUIDv7. */
export type IdPrefix =
  | "act"
  | "alr"
  | "att"
  | "aud"
  | "bch"
  | "bkp"
  | "bst"
  | "cnd"
  | "chk"
  | "cpn"
  | "crn"
  | "cus"
  | "dev"
  | "dom"
  | "dsp"
  | "eml"
  | "era"
  | "imp"
  | "inv"
  | "ivc"
  | "iwh"
  | "job"
  | "key"
  | "lic"
  | "ltx"
  | "mtr"
  | "nte"
  | "ntf"
  | "pay"
  | "pln"
  | "plv"
  | "pmd"
  | "prc"
  | "req"
  | "rfd"
  | "rsv"
  | "sch"
  | "seg"
  | "ses"
  | "set"
  | "stk"
  | "sub"
  | "tkm"
  | "tkt"
  | "tbk"
  | "tcl"
  | "tjb"
  | "tlg"
  | "tnt"
  | "txr"
  | "usr"
  | "wkr";

const suffix = "[0-7][0-9a-hjkmnp-tv-z]{25}";
const alphabet =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Schema of a public id with this prefix, such as `cus_01jd…`. */
export function idOf(prefix: IdPrefix) {
  return z.string().regex(new RegExp(`^${prefix}_${suffix}$`), {
    error: `must be an id that starts with ${prefix}_`,
  });
}

/** Schema of a public id of any kind, for what may point at anything. */
export const AnyId = z.string().regex(new RegExp(`^[a-z]{3}_${suffix}$`), {
  error: "must be an id, such as cus_01jd0000000000000000000000",
});

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

/** A fresh UUIDv7, for rows that are not public. */
export function newUuid(): string {
  return toUuid(newId("req"));
}

/** A new public id whose UUIDv7 says `at` instead of now: ids of a log then sort as its times do. */
export function newIdAt(prefix: IdPrefix, at: Date): string {
  const fresh = toUuid(newId(prefix));
  return fromUuid(prefix, firstUuidOf(at).slice(0, 14) + fresh.slice(14));
}

/** The least UUIDv7 of a millisecond: ids made since then are not below it. */
export function firstUuidOf(at: Date): string {
  const ms = Math.max(0, at.getTime()).toString(16).padStart(12, "0");
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-000000000000`;
}

/** The millisecond that a UUIDv7 says. */
export function timeOfUuid(uuid: string): Date {
  return new Date(Number.parseInt(uuid.replaceAll("-", "").slice(0, 12), 16));
}

/**
 * The id of a thing that has a name and no UUID, as a group of settings: always the same for the
 * same name, which is of 1 to 16 ASCII characters.
 */
export function namedId(prefix: IdPrefix, name: string): string {
  if (!/^[\x21-\x7e]{1,16}$/.test(name))
    throw new Error(`${name} is no name of 1 to 16 ASCII characters`);
  const bytes = new Uint8Array(16);
  bytes.set(new TextEncoder().encode(name));
  return TypeID.fromUUIDBytes(prefix, bytes).toString();
}

/** `length` bytes from the system's secure source. */
export function randomBits(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
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
