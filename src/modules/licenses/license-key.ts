const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const randomLength = 25;
const checkLength = 5;
const groupLength = 5;

/** Bytes that a key needs: its 25 random digits hold 125 of their 128 bits. */
export const keyBytes = 16;

/**
 * A license key out of random bytes: 25 digits of Crockford's base 32 and 5 check digits, as
 * `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`.
 */
export function formatKey(bytes: Uint8Array): string {
  let rest = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const values: number[] = [];
  for (let i = 0; i < randomLength; i += 1) {
    values.unshift(Number(rest & 31n));
    rest >>= 5n;
  }
  return grouped([...values, ...checkDigits(values)]);
}

/**
 * The key that somebody typed, in its one form: case, spaces and hyphens do not matter, and O is
 * read as 0, I and L as 1. Null when it cannot be a key of ours.
 */
export function readKey(typed: string): string | null {
  const plain = plainOf(typed);
  if (plain.length !== randomLength + checkLength) return null;
  const values = Array.from(plain, (digit) => digits.indexOf(digit));
  if (values.includes(-1)) return null;
  const check = checkDigits(values.slice(0, randomLength));
  const isRight = check.every((value, i) => value === values[randomLength + i]);
  return isRight ? grouped(values) : null;
}

/** What somebody typed of a key's beginning, in the form that keys have; empty for what is none. */
export function keyPrefix(typed: string): string {
  const plain = plainOf(typed);
  if (!/^[0-9A-HJKMNP-TV-Z]{1,30}$/.test(plain)) return "";
  return plain.match(/.{1,5}/g)?.join("-") ?? "";
}

function plainOf(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[\s-]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}

function grouped(values: readonly number[]): string {
  const text = values.map((value) => digits.charAt(value)).join("");
  return Array.from({ length: text.length / groupLength }, (_, i) =>
    text.slice(i * groupLength, (i + 1) * groupLength),
  ).join("-");
}

// Reed–Solomon over GF(32), x⁵ + x² + 1: any five wrong digits are noticed, and so any two that
// changed places. The digits are the coefficients of a polynomial; the check is its rest.
function checkDigits(values: readonly number[]): number[] {
  let rest = Array.from({ length: checkLength }, () => 0);
  for (const value of values) {
    const lead = (rest[0] ?? 0) ^ value;
    const shifted = [...rest.slice(1), 0];
    rest = shifted.map((digit, i) => digit ^ times(lead, generator[i] ?? 0));
  }
  return rest;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 16; bit > 0; bit >>= 1) {
    product = product & 16 ? (product << 1) ^ 0b100101 : product << 1;
    if (b & bit) product ^= a;
  }
  return product;
}

// The product of (x − αⁱ) for i = 1 to 5, without its leading 1.
const generator = (() => {
  let polynomial = [1];
  let root = 1;
  for (let i = 0; i < checkLength; i += 1) {
    root = times(root, 2);
    const shifted = [...polynomial, 0];
    const scaled = [0, ...polynomial.map((value) => times(value, root))];
    polynomial = shifted.map((value, at) => value ^ (scaled[at] ?? 0));
  }
  return polynomial.slice(1);
})();
