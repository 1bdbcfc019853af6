import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Pagination, rangeText } from "@/ui/display/pagination";

test.each([
  [1, 25, 1204, true, "1–25 of 1,204"],
  [1201, 1204, 1204, true, "1,201–1,204 of 1,204"],
  [26, 26, 26, true, "26 of 26"],
  [26, 50, 10_000, false, "26–50 of 10,000+"],
  [0, 0, 0, true, "No rows"],
  [51, 50, 50, true, "Past the end of 50"],
] as const)("%d to %d of %d", (first, last, total, isExact, text) => {
  expect(rangeText(first, last, total, isExact)).toBe(text);
});

const turned = jest.fn<void, [number]>();
beforeEach(() => turned.mockClear());

const back = () => screen.getByRole("button", { name: "Previous page" });
const forth = () => screen.getByRole("button", { name: "Next page" });

function page(number: number, total = 60, isExact = true) {
  return render(
    <Pagination
      page={number}
      perPage={25}
      total={total}
      isExact={isExact}
      onPageChange={turned}
    />,
  );
}

test("the first page has no way back, the last none forth", () => {
  const first = page(1);
  expect(back()).toBeDisabled();
  expect(forth()).toBeEnabled();
  first.unmount();
  page(3);
  expect(screen.getByText("51–60 of 60")).toBeVisible();
  expect(forth()).toBeDisabled();
});

test("the buttons turn one page", async () => {
  page(2);
  await userEvent.click(forth());
  await userEvent.click(back());
  expect(turned.mock.calls).toEqual([[3], [1]]);
});

test("an inexact total never ends the way forth", () => {
  page(4, 100, false);
  expect(forth()).toBeEnabled();
});

test("the page size is chosen from a menu that marks the present one", async () => {
  const chosen = jest.fn<void, [number]>();
  render(
    <Pagination
      page={1}
      perPage={25}
      total={60}
      onPageChange={turned}
      onPerPageChange={chosen}
    />,
  );
  await userEvent.click(screen.getByRole("button", { name: "25 a page" }));
  await screen.findByRole("menuitem", { name: /25 a page.*current/ });
  await userEvent.click(screen.getByRole("menuitem", { name: "100 a page" }));
  expect(chosen).toHaveBeenCalledWith(100);
});
