/** A thing that several people may change: its id, and when it last was. */
export type Versioned = { id: string; updated_at: string };

/** The strong entity tag of a thing's stored state (RFC 9110, section 8.8.3). */
export function etagOf({ id, updated_at }: Versioned): string {
  return `"${id}.${Date.parse(updated_at).toString(36)}"`;
}

/** Whether an answer is one thing with a version. */
export function isVersioned(value: unknown): value is Versioned {
  if (typeof value !== "object" || value === null) return false;
  const { id, updated_at } = value as Record<string, unknown>;
  return typeof id === "string" && typeof updated_at === "string";
}
