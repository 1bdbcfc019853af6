import { randomText } from "@/shared/ids";

const length = 12;

/** A code such as `k3mx-9wq2-7hd5`: 12 letters and digits in lower case, about 60 bits. */
export function makeRecoveryCode(): string {
  const text = randomText(length * 2).toLowerCase();
  const [, first = "", second = "", third = ""] =
    /^(.{4})(.{4})(.{4})/.exec(text) ?? [];
  return `${first}-${second}-${third}`;
}

/** A code as it is compared: without dashes, spaces and case. */
export function plainCode(code: string): string {
  return code.toLowerCase().replaceAll(/[\s-]/g, "");
}
