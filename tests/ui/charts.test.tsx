import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { BarChart } from "@/ui/charts/bar-chart";
import { toRows, type TimeSeriesProps } from "@/ui/charts/series";
import { linePaths } from "@/ui/display/sparkline";

const calls: TimeSeriesProps = {
  label: "Calls",
  interval: "day",
  series: [
    { key: "calls", label: "Calls" },
    { key: "before", label: "Previous period", isComparison: true },
  ],
  data: [
    { at: "2026-01-29T00:00:00Z", values: { calls: 0, before: 5 } },
    { at: "2026-01-30T00:00:00Z", values: { calls: null, before: 6 } },
    { at: "2026-01-31T00:00:00Z", values: { calls: 1204, before: 7 } },
    { at: "2026-02-01T00:00:00Z", values: { calls: 40, before: 8 } },
  ],
  incompleteFrom: "2026-02-01T00:00:00Z",
};

test("as a table, a gap is no zero and the open bucket says so", async () => {
  render(<BarChart {...calls} />);
  await userEvent.click(screen.getByRole("button", { name: "View as table" }));
  const table = within(
    screen.getByRole("region", { name: "Calls as a table" }),
  );
  const lines = table
    .getAllByRole("row")
    .map((row) => row.textContent?.replace(/\s+/g, " "));
  expect(lines).toEqual([
    "PeriodCallsPrevious period",
    "Sun, Feb 1 (still counting)408",
    "Sat, Jan 311,2047",
    "Fri, Jan 30No data6",
    "Thu, Jan 2905",
  ]);
  await userEvent.click(screen.getByRole("button", { name: "View as chart" }));
  expect(screen.queryByRole("table")).toBeNull();
});

test("the legend names what is drawn, and what still counts", () => {
  render(<BarChart {...calls} />);
  const names = screen.getAllByRole("listitem").map((item) => item.textContent);
  expect(names).toEqual(["Calls", "Previous period", "Still counting"]);
});

test("a chart without a value says so; one of zeros is a chart", () => {
  const { rerender } = render(
    <BarChart {...calls} data={[{ at: "2026-01-29T00:00:00Z", values: {} }]} />,
  );
  expect(screen.getByText("No data in this period")).toBeVisible();
  rerender(
    <BarChart
      {...calls}
      data={[{ at: "2026-01-29T00:00:00Z", values: { calls: 0 } }]}
    />,
  );
  expect(screen.queryByText("No data in this period")).toBeNull();
});

test("bars split at the open bucket; lines also share the last closed point", () => {
  const bars = toRows(calls, false).map((row) => [row.calls, row["calls:now"]]);
  expect(bars).toEqual([
    [0, null],
    [null, null],
    [1204, null],
    [null, 40],
  ]);
  const lines = toRows(calls, true).map((row) => [row.calls, row["calls:now"]]);
  expect(lines).toEqual([
    [0, null],
    [null, null],
    [1204, 1204],
    [null, 40],
  ]);
  expect(toRows(calls, true).map((row) => row.before)).toEqual([5, 6, 7, 8]);
});

test("a sparkline breaks at a gap and shows a lone point", () => {
  expect(linePaths([1, 2, null, 3, 4], 80, 20)).toHaveLength(2);
  expect(linePaths([null, 3, null], 80, 20)).toHaveLength(1);
  expect(linePaths([], 80, 20)).toEqual([]);
  expect(linePaths([0, 0], 80, 20).join()).not.toMatch(/NaN/);
});
