import { createHash } from "node:crypto";
import { fromUuid, toUuid, type IdPrefix } from "@/shared/ids";

/**
 * The public id of what follows from another thing: the same for the same source and parts, so
 * that making it twice makes one. It keeps the source's time, and so its place in an order by id.
 */
export function derivedId(
  prefix: IdPrefix,
  source: string,
  ...parts: string[]
): string {
  const time = toUuid(source).replaceAll("-", "").slice(0, 12);
  const digest = createHash("sha256")
    .update([source, ...parts].join("\0"))
    .digest("hex");
  // Version 7 and the variant of RFC 9562, where the time leaves off.
  const rest = `7${digest.slice(0, 3)}8${digest.slice(3, 18)}`;
  return fromUuid(prefix, time + rest);
}
