import type { Prisma } from "./generated/client";

/** The digits of a decimal column as they are, without the exponent that small ones have. */
export function exact(value: Prisma.Decimal): string {
  return value.toFixed();
}
