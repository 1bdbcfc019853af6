/** The series of a kind of paper in the year that it is at the seller's: INV-2026. */
export function seriesOf(prefix: string, at: Date, timeZone: string): string {
  const year = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    calendar: "gregory",
  }).format(at);
  return `${prefix}-${year}`;
}

/** A number of a series, such as INV-2026-000042. */
export function invoiceNumber(series: string, place: bigint): string {
  return `${series}-${String(place).padStart(6, "0")}`;
}
