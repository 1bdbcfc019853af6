import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { Button } from "@/ui/controls/button";
import { Form } from "@/ui/forms/form";
import { TextField } from "@/ui/forms/text-field";
import {
  ConfirmDialog,
  type ConfirmDialogProps,
} from "@/ui/overlays/confirm-dialog";
import { Dialog } from "@/ui/overlays/dialog";

const saved = jest.fn<void, [string]>();
beforeEach(() => saved.mockClear());

function Create() {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState("");
  return (
    <>
      <Button onPress={() => setOpen(true)}>Open</Button>
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="Create customer"
        isDirty={name !== ""}
      >
        <Form onSubmit={() => saved(name)}>
          <TextField label="Name" value={name} onChange={setName} autoFocus />
        </Form>
      </Dialog>
    </>
  );
}

async function open() {
  await userEvent.click(screen.getByRole("button", { name: "Open" }));
  return screen.findByRole("dialog", { name: "Create customer" });
}

test("Esc closes a dialog in which nothing was typed, and the focus goes back", async () => {
  render(<Create />);
  await open();
  expect(screen.getByLabelText("Name")).toHaveFocus();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await waitFor(() =>
    expect(screen.getByRole("button", { name: "Open" })).toHaveFocus(),
  );
});

test("Esc asks before it throws away what was typed", async () => {
  render(<Create />);
  await open();
  await userEvent.keyboard("Acme{Escape}");
  await screen.findByRole("alertdialog", { name: "Discard changes?" });
  await userEvent.click(screen.getByRole("button", { name: "Keep editing" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(screen.getByLabelText("Name")).toHaveValue("Acme");
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  await userEvent.click(await screen.findByRole("button", { name: "Discard" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("Ctrl and Enter submit the form from any field", async () => {
  render(<Create />);
  await open();
  await userEvent.keyboard("Acme{Control>}{Enter}{/Control}");
  expect(saved).toHaveBeenCalledWith("Acme");
});

const confirmed = jest.fn();
beforeEach(() => confirmed.mockClear());

function erase(props: Partial<ConfirmDialogProps> = {}) {
  return render(
    <ConfirmDialog
      isOpen
      onOpenChange={() => {}}
      title="Erase Acme?"
      confirmLabel="Erase customer"
      onConfirm={confirmed}
      {...props}
    />,
  );
}

const button = () => screen.findByRole("button", { name: "Erase customer" });

test("what cannot be undone waits until its name is typed", async () => {
  erase({ typeToConfirm: "Acme", consequences: ["Its keys stop working."] });
  expect(await button()).toBeDisabled();
  expect(screen.getByText("Its keys stop working.")).toBeVisible();
  const field = screen.getByLabelText("Type Acme to confirm");
  await userEvent.type(field, "acme{Enter}");
  expect(await button()).toBeDisabled();
  expect(confirmed).not.toHaveBeenCalled();
  await userEvent.clear(field);
  await userEvent.type(field, "Acme");
  await userEvent.click(await button());
  expect(confirmed).toHaveBeenCalledTimes(1);
});

test("blockers are listed with their links, and nothing can be confirmed", async () => {
  erase({
    typeToConfirm: "Acme",
    blockers: [
      { label: "2 active licenses", href: "/licenses?customer=cus_1" },
      { label: "1 open ticket" },
    ],
  });
  expect(await button()).toBeDisabled();
  expect(
    screen.getByRole("link", { name: "2 active licenses" }),
  ).toHaveAttribute("href", "/licenses?customer=cus_1");
  expect(screen.getByText("1 open ticket")).toBeVisible();
  expect(screen.queryByLabelText("Type Acme to confirm")).toBeNull();
});

test("a pending confirmation is not sent twice, and its error is announced", async () => {
  const { rerender } = erase({ isPending: true });
  await userEvent.click(await button());
  expect(confirmed).not.toHaveBeenCalled();
  rerender(
    <ConfirmDialog
      isOpen
      onOpenChange={() => {}}
      title="Erase Acme?"
      confirmLabel="Erase customer"
      onConfirm={confirmed}
      error="The database did not answer."
    />,
  );
  expect(screen.getByRole("alert")).toHaveTextContent(
    "The database did not answer.",
  );
});
