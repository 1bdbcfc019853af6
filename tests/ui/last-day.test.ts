import { endOfDay, lastDay, renewedDay } from "@/modules/customers/ui/last-day";

const at = (iso: string) => new Date(iso);

test("access ends with its last day in the customer's own zone", () => {
  expect(endOfDay("2026-03-31", "Africa/Nairobi")).toBe(
    "2026-03-31T21:00:00.000Z",
  );
  expect(lastDay("2026-03-31T21:00:00.000Z", "Africa/Nairobi")).toBe(
    "2026-03-31",
  );
  expect(lastDay("2026-03-31T21:00:00.001Z", "Africa/Nairobi")).toBe(
    "2026-04-01",
  );
});

test.each([
  ["it ends later", "2026-06-11T00:00:00Z", { days: 30 }, "2026-07-10"],
  ["it ended", "2026-01-01T00:00:00Z", { days: 30 }, "2026-07-01"],
  ["it never ends", null, { days: 30 }, "2026-07-01"],
  ["a leap day", "2028-03-01T00:00:00Z", { years: 1 }, "2029-02-28"],
])(
  "a renewal goes on from the end, or from today: %s",
  (_, expires_at, by, day) => {
    const customer = { expires_at, time_zone: "UTC" };
    expect(renewedDay(customer, by, at("2026-06-01T12:00:00Z"))).toBe(day);
  },
);

test("today is the customer's day, not the server's", () => {
  const customer = { expires_at: null, time_zone: "Pacific/Auckland" };
  expect(renewedDay(customer, {}, at("2026-06-01T13:00:00Z"))).toBe(
    "2026-06-02",
  );
});
