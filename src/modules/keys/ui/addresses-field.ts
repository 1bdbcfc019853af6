/** What is typed, an address or network a line (or with commas), as the API takes it. */
export function toAddresses(typed: string): string[] {
  return typed.split(/[\s,]+/).filter((part) => part !== "");
}

export const addressesLabel = "Allowed addresses";

export const addressesHelp =
  "IPv4 or IPv6 addresses or networks, one a line. Empty is any. Checks of the key must then say the caller’s ip.";
