import { render, screen } from "@testing-library/react";
import { formatMoney } from "@/shared/money";
import { Money } from "@/ui/display/money";

test.each([
  [7900, "USD", "$79.00"],
  [5, "USD", "$0.05"],
  [-5, "USD", "-$0.05"],
  [0, "USD", "$0.00"],
  [7900, "JPY", "¥7,900"],
  [7, "JPY", "¥7"],
  [7900, "KWD", "KWD 7.900"],
  [79, "KWD", "KWD 0.079"],
  [-1, "KWD", "-KWD 0.001"],
  [9007199254740991, "USD", "$90,071,992,547,409.91"],
])("%d minor units of %s read %s", (amount, currency, text) => {
  expect(formatMoney({ amount, currency }).replaceAll("\u00a0", " ")).toBe(
    text,
  );
});

test("no amount is a dash, and an estimate says that it is one", () => {
  render(<Money value={null} />);
  expect(screen.getByText("–")).toBeVisible();
  render(<Money value={{ amount: 100, currency: "USD" }} isEstimate />);
  expect(screen.getByText(/\$1\.00/)).toHaveTextContent("$1.00 est.");
});
