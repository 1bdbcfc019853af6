import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { toast, Toaster } from "@/ui/display/toaster";
import { SearchField } from "@/ui/forms/search-field";
import { CommandPalette, type Command } from "@/ui/overlays/command-palette";
import { Menu } from "@/ui/overlays/menu";

// jsdom has no pointer capture.
Object.assign(Element.prototype, { setPointerCapture: () => {} });

const done = jest.fn<void, [string]>();
beforeEach(() => done.mockClear());

function Actions() {
  return (
    <Menu
      label="Actions for Acme"
      trigger={<IconButton label="Actions" icon={<svg />} />}
      items={["Edit", "Archive"].map((label) => ({
        id: label,
        label,
        onAction: () => done(label),
      }))}
    />
  );
}

const trigger = () => screen.getByRole("button", { name: "Actions" });

test("a menu opens by mouse, acts, and gives the focus back", async () => {
  render(<Actions />);
  expect(trigger()).toHaveAttribute("aria-expanded", "false");
  await userEvent.click(trigger());
  await userEvent.click(
    await screen.findByRole("menuitem", { name: "Archive" }),
  );
  expect(done).toHaveBeenCalledWith("Archive");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  await waitFor(() => expect(trigger()).toHaveFocus());
});

test("a menu opens by the arrow key, and Esc closes it", async () => {
  render(<Actions />);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowDown}");
  const edit = await screen.findByRole("menuitem", { name: "Edit" });
  await waitFor(() => expect(edit).toHaveFocus());
  await userEvent.keyboard("{ArrowDown}{Enter}");
  expect(done).toHaveBeenCalledWith("Archive");
  await waitFor(() => expect(trigger()).toHaveFocus());
  await userEvent.keyboard("{ArrowDown}");
  await screen.findByRole("menu");
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
});

test("a tooltip comes on keyboard focus and goes on Esc", async () => {
  render(<IconButton label="Delete key" icon={<svg />} />);
  await userEvent.tab();
  expect(await screen.findByRole("tooltip")).toHaveTextContent("Delete key");
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull());
});

test("a pending button keeps its name and focus and ignores presses", async () => {
  const pressed = jest.fn();
  const { rerender } = render(<Button onPress={pressed}>Save</Button>);
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  rerender(
    <Button onPress={pressed} isPending>
      Save
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Save" });
  await userEvent.click(button);
  expect(pressed).toHaveBeenCalledTimes(1);
  expect(button).toHaveFocus();
  expect(screen.getByRole("status")).toHaveTextContent("Working");
});

test("the slash goes to the search, but not out of another field", async () => {
  render(
    <>
      <input aria-label="Name" />
      <SearchField label="Search customers" hasShortcut onSubmit={done} />
    </>,
  );
  const name = screen.getByLabelText("Name");
  await userEvent.type(name, "a/b");
  expect(name).toHaveValue("a/b");
  await userEvent.click(document.body);
  await userEvent.keyboard("/");
  expect(screen.getByRole("searchbox")).toHaveFocus();
  await userEvent.keyboard("acme{Enter}");
  expect(done).toHaveBeenLastCalledWith("acme");
  await userEvent.keyboard("{Escape}");
  expect(screen.getByRole("searchbox")).toHaveValue("");
  expect(done).toHaveBeenLastCalledWith("");
});

const pages: Command[] = [
  { id: "customers", label: "Customers", group: "Pages" },
  { id: "invoices", label: "Invoices", group: "Pages" },
];

test("the palette filters pages, and drops the answer to an older query", async () => {
  const answers = new Map<string, (found: Command[]) => void>();
  const search = jest.fn(
    (query: string) =>
      new Promise<Command[]>((resolve) => answers.set(query, resolve)),
  );
  render(
    <CommandPalette
      isOpen
      onOpenChange={() => {}}
      items={pages}
      onSearch={search}
    />,
  );
  const field = screen.getByRole("textbox", { name: "Search or jump to" });
  await userEvent.type(field, "cu");
  await waitFor(() => expect(answers.has("cu")).toBe(true));
  expect(screen.getByRole("menuitem", { name: "Customers" })).toBeVisible();
  expect(screen.queryByRole("menuitem", { name: "Invoices" })).toBeNull();
  await userEvent.type(field, "s");
  await waitFor(() => expect(answers.has("cus")).toBe(true));
  const found = (label: string) => [{ id: label, label, group: "Found" }];
  answers.get("cus")?.(found("New answer"));
  expect(await screen.findByText("New answer")).toBeVisible();
  await act(async () => answers.get("cu")?.(found("Old answer")));
  expect(screen.getByText("New answer")).toBeVisible();
  expect(screen.queryByText("Old answer")).toBeNull();
});

test("a toast can be undone", async () => {
  render(<Toaster />);
  act(() => {
    toast.undo("License archived", () => done("undone"));
  });
  expect(await screen.findByText("License archived")).toBeInTheDocument();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(done).toHaveBeenCalledWith("undone");
});
