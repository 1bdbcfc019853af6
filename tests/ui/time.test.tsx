import { act, render, screen } from "@testing-library/react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { Time } from "@/ui/display/time";
import { TimeZoneProvider } from "@/ui/display/time-zone";
import { relativeText, timeText } from "@/ui/format/time";

const at = "2026-01-31T22:05:09Z";

test("the viewer's zone decides the day; UTC is behind it", () => {
  render(
    <TimeZoneProvider timeZone="Pacific/Auckland">
      <Time value={at} />
    </TimeZoneProvider>,
  );
  const time = screen.getByText("Feb 1, 2026, 11:05 AM");
  expect(time).toHaveAttribute("datetime", at);
  expect(time).toHaveAttribute("title", "2026-01-31 22:05:09 UTC");
});

test("no time shows its own word", () => {
  render(<Time value={null} empty="Never" />);
  expect(screen.getByText("Never")).toBeVisible();
});

test("hydration changes the zone without a mismatch", async () => {
  const complaint = jest.spyOn(console, "error").mockImplementation(() => {});
  const zone = jest
    .spyOn(Intl.DateTimeFormat.prototype, "resolvedOptions")
    .mockReturnValue({
      locale: "en-US",
      calendar: "gregory",
      numberingSystem: "latn",
      timeZone: "Asia/Tokyo",
    });
  const page = document.createElement("div");
  document.body.append(page);
  page.innerHTML = renderToString(<Time value={at} />);
  expect(page).toHaveTextContent("Jan 31, 2026, 10:05 PM");
  const root = await act(async () => hydrateRoot(page, <Time value={at} />));
  expect(page).toHaveTextContent("Feb 1, 2026, 7:05 AM");
  expect(complaint).not.toHaveBeenCalled();
  await act(async () => root.unmount());
  zone.mockRestore();
  complaint.mockRestore();
});

test.each([
  ["2026-01-31T22:05:20Z", "just now"],
  ["2026-01-31T22:07:09Z", "2 minutes ago"],
  ["2026-02-01T03:05:09Z", "5 hours ago"],
  ["2026-02-02T22:05:09Z", "2 days ago"],
  ["2026-01-30T22:05:09Z", "tomorrow"],
  ["2028-03-01T00:00:00Z", "2 years ago"],
])("seen at %s it was %s", (now, text) => {
  expect(relativeText(new Date(at), new Date(now))).toBe(text);
});

test("a date alone follows the zone too", () => {
  expect(timeText(new Date(at), "date", "UTC")).toBe("Jan 31, 2026");
  expect(timeText(new Date(at), "date", "Asia/Tokyo")).toBe("Feb 1, 2026");
});
