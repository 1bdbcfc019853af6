/** The filters of the event log as they are named in the address: as in the API. */
export const eventFilterNames = [
  "customer_id",
  "key_id",
  "meter",
  "provider",
  "model",
  "endpoint",
  "status",
  "code",
  "refused",
  "unpriced",
  "from",
  "to",
] as const;

export type EventFilterValues = Partial<
  Record<(typeof eventFilterNames)[number], string | null>
>;
