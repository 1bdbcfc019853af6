import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import * as z from "zod";
import { ApiError } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useContractForm } from "@/client/use-contract-form";
import { TextField } from "@/ui/forms/text-field";
import { useFormField } from "@/ui/forms/use-form-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { FormDialog } from "@/ui/overlays/form-dialog";

const send = jest.fn<Promise<void>, [{ name: string }]>();
const close = jest.fn();
beforeEach(() => {
  send.mockReset().mockResolvedValue();
  close.mockReset();
});

function Rename() {
  const form = useContractForm<{ name: string }, { name: string }>({
    schema: z.strictObject({ name: z.string().min(1) }),
    defaultValues: { name: "" },
    labels: { name: "Name" },
    toBody: (values) => values,
    send,
  });
  return (
    <FormDialog
      form={form}
      title="Rename Acme"
      submitLabel="Rename"
      failure="It was not renamed"
      onClose={close}
    >
      <TextField label="Name" {...useFormField(form.control, "name")} />
    </FormDialog>
  );
}

const submit = () =>
  userEvent.click(screen.getByRole("button", { name: "Rename" }));

test("what is wrong is listed on top, has the focus, and leads to its field", async () => {
  render(<Rename />);
  await screen.findByRole("dialog", { name: "Rename Acme" });
  await submit();
  const summary = await screen.findByRole("alert");
  expect(summary).toHaveTextContent("It was not renamed");
  expect(summary).toHaveFocus();
  await userEvent.click(screen.getByRole("link", { name: "Name is required" }));
  expect(screen.getByLabelText("Name")).toHaveFocus();
  expect(send).not.toHaveBeenCalled();
});

test("what the server refuses is said, and what was typed stays", async () => {
  send.mockRejectedValueOnce(refusal(409, "Another is called that."));
  render(<Rename />);
  await userEvent.type(await screen.findByLabelText("Name"), "Acme");
  await submit();
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "Another is called that.",
  );
  expect(screen.getByLabelText("Name")).toHaveValue("Acme");
  await submit();
  expect(send).toHaveBeenCalledTimes(2);
});

test("it is sent once, however often the button is pressed meanwhile", async () => {
  send.mockReturnValueOnce(new Promise(() => {}));
  render(<Rename />);
  await userEvent.type(await screen.findByLabelText("Name"), "Acme");
  await submit();
  await userEvent.click(screen.getByRole("button", { name: /Rename/ }));
  expect(send).toHaveBeenCalledTimes(1);
});

test("Esc asks before typed text is lost, and Cancel means it", async () => {
  render(<Rename />);
  await userEvent.type(await screen.findByLabelText("Name"), "Acme{Escape}");
  await userEvent.click(
    await screen.findByRole("button", { name: "Keep editing" }),
  );
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(close).not.toHaveBeenCalled();
  await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(close).toHaveBeenCalledTimes(1);
});

const erase = jest.fn<Promise<void>, []>();

function Erase() {
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={close}
      title="Erase Acme?"
      confirmLabel="Erase"
      {...useConfirm(erase)}
    />
  );
}

test("a confirmation says why it failed, and lists what stands in the way", async () => {
  const blockers = [{ kind: "active licenses", count: 2 }];
  erase
    .mockRejectedValueOnce(refusal(503, "The database did not answer."))
    .mockRejectedValueOnce(refusal(409, "Not yet.", { blockers }));
  render(<Erase />);
  const button = await screen.findByRole("button", { name: "Erase" });
  await userEvent.click(button);
  expect(await screen.findByRole("alert")).toHaveTextContent(
    "The database did not answer.",
  );
  await userEvent.click(button);
  expect(await screen.findByText("2 active licenses")).toBeVisible();
  expect(screen.queryByRole("alert")).toBeNull();
  expect(button).toBeDisabled();
});

function refusal(status: number, error: string, details?: object) {
  return new ApiError(status, {
    error,
    code: "REFUSED",
    request_id: "req_1",
    ...(details && { details }),
  });
}
