const dayMs = 86_400_000;

/** How long a secret may live, to choose from in a Select. */
export const lifetimes = [
  { id: "never", label: "Never" },
  { id: "7", label: "In 7 days" },
  { id: "30", label: "In 30 days" },
  { id: "90", label: "In 90 days" },
  { id: "365", label: "In a year" },
];

/** What an endpoint is sent for a chosen lifetime: nothing for never. */
export function expiryOf(lifetime: string): { expires_at?: string } {
  if (lifetime === "never") return {};
  const end = Date.now() + Number(lifetime) * dayMs;
  return { expires_at: new Date(end).toISOString() };
}
