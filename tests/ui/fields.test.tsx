import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Combobox } from "@/ui/forms/combobox";
import { ErrorSummary } from "@/ui/forms/error-summary";
import { Form } from "@/ui/forms/form";
import { NumberField } from "@/ui/forms/number-field";
import { RadioGroup } from "@/ui/forms/radio-group";
import { Select } from "@/ui/forms/select";
import { TextField } from "@/ui/forms/text-field";

const plans = [
  { id: "free", label: "Free" },
  { id: "pro", label: "Pro" },
];
const chosen = jest.fn<void, [string | null]>();
beforeEach(() => chosen.mockClear());

test("a field's help and error belong to its input", () => {
  render(
    <TextField
      label="Email"
      description="For invoices."
      error="Already used"
    />,
  );
  const input = screen.getByLabelText("Email");
  expect(input).toBeInvalid();
  expect(input).toHaveAccessibleDescription(/For invoices\..*Already used/);
});

test("each line of the summary leads to its field, whatever its kind", async () => {
  render(
    <>
      <TextField label="Email of another form" name="email" />
      <Form onSubmit={() => {}}>
        <ErrorSummary
          problems={[
            { name: "email", message: "Email is already used" },
            { name: "plan", message: "Choose a plan" },
            { name: "calls", message: "Calls must be above 0" },
            { name: "billing", message: "Choose monthly or yearly" },
            { message: "The card was declined" },
          ]}
        />
        <TextField label="Email" name="email" />
        <Select label="Plan" name="plan" options={plans} />
        <NumberField label="Calls" name="calls" />
        <RadioGroup label="Billing" name="billing" options={plans} />
      </Form>
    </>,
  );
  const follow = (name: string) =>
    userEvent.click(screen.getByRole("link", { name }));
  await follow("Email is already used");
  expect(screen.getByLabelText("Email")).toHaveFocus();
  await follow("Choose a plan");
  expect(screen.getByRole("button", { name: /Plan/ })).toHaveFocus();
  await follow("Calls must be above 0");
  expect(screen.getByRole("textbox", { name: "Calls" })).toHaveFocus();
  await follow("Choose monthly or yearly");
  expect(screen.getByRole("radio", { name: "Free" })).toHaveFocus();
  expect(
    screen.queryByRole("link", { name: "The card was declined" }),
  ).toBeNull();
});

test("a failed submit moves the focus to the summary, typing does not", () => {
  const problems = [{ name: "email", message: "Email is already used" }];
  const { rerender } = render(<ErrorSummary problems={problems} />);
  expect(screen.getByRole("alert")).not.toHaveFocus();
  rerender(<ErrorSummary problems={problems} attempt={1} />);
  expect(screen.getByRole("alert")).toHaveFocus();
});

test("a select answers with the option's id", async () => {
  render(<Select label="Plan" options={plans} onChange={chosen} />);
  await userEvent.click(screen.getByRole("button", { name: /Plan/ }));
  await userEvent.click(await screen.findByRole("option", { name: "Pro" }));
  expect(chosen).toHaveBeenCalledWith("pro");
});

test("a combobox finds by typing, and clears with its text", async () => {
  render(<Combobox label="Plan" options={plans} onChange={chosen} />);
  const input = screen.getByRole("combobox", { name: "Plan" });
  await userEvent.type(input, "pr");
  expect(await screen.findByRole("option", { name: "Pro" })).toBeVisible();
  expect(screen.queryByRole("option", { name: "Free" })).toBeNull();
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(chosen).toHaveBeenLastCalledWith("pro");
  expect(input).toHaveValue("Pro");
});
