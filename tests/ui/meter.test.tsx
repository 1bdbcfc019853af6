import { render, screen } from "@testing-library/react";
import * as fc from "fast-check";
import { Meter, meterState } from "@/ui/display/meter";

test.each([
  [0, 100, "ok"],
  [79.9, 100, "ok"],
  [80, 100, "near"],
  [89.9, 100, "near"],
  [90, 100, "high"],
  [99.9, 100, "high"],
  [100, 100, "full"],
  [250, 100, "full"],
  [7, null, "unlimited"],
  [0, 0, "none"],
  [5, 0, "none"],
] as const)("%d of %s is %s", (used, limit, state) => {
  expect(meterState(used, limit)).toBe(state);
});

test("a limit shows its figures, its ticks and what was reached", () => {
  const { container } = render(
    <Meter label="Calls" used={92} limit={100} unit="calls" />,
  );
  const meter = screen.getByRole("meter", { name: "Calls" });
  expect(meter).toHaveAttribute("aria-valuenow", "92");
  expect(meter).toHaveAttribute("aria-valuetext", "92 of 100 calls");
  expect(screen.getByText("90% reached")).toBeVisible();
  expect(container.querySelectorAll("[data-part=tick]")).toHaveLength(3);
});

test("no limit has no ticks, and 0 says that nothing is included", () => {
  const { container } = render(<Meter label="Calls" used={7} limit={null} />);
  expect(screen.getByText(/unlimited/)).toBeVisible();
  expect(container.querySelectorAll("[data-part=tick]")).toHaveLength(0);
  render(<Meter label="Tenants" used={0} limit={0} />);
  expect(screen.getByText("Not included")).toBeVisible();
});

test("the bar never leaves its frame, and its value never its range", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 ** 9 }),
      fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
      (used, limit) => {
        const { container, unmount } = render(
          <Meter
            label="Calls"
            used={used}
            limit={limit}
            projected={used * 3}
          />,
        );
        const meter = screen.getByRole("meter");
        const now = Number(meter.getAttribute("aria-valuenow"));
        const max = Number(meter.getAttribute("aria-valuemax"));
        const widths = [
          ...container.querySelectorAll<HTMLElement>("[style*=width]"),
        ].map((part) => Number.parseFloat(part.style.width));
        unmount();
        return now <= max && widths.every((width) => width <= 100);
      },
    ),
    { numRuns: 50 },
  );
});
