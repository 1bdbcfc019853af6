import { act, fireEvent, screen } from "@testing-library/react";
import { createRef, type ReactElement } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { useForm } from "react-hook-form";
import { Button, type ButtonProps } from "@/ui/controls/button";
import { EarlyScript } from "@/ui/early/early-script";
import { Form } from "@/ui/forms/form";
import { PasswordField } from "@/ui/forms/password-field";
import { TextArea } from "@/ui/forms/text-area";
import { useFormField } from "@/ui/forms/use-form-field";

/** A page as the server sends it, whose script has not come yet. */
function served(page: ReactElement) {
  const place = document.createElement("div");
  document.body.append(place);
  place.innerHTML = renderToString(page);
  // What is set as innerHTML does not run by itself, and one window runs it once.
  if (!window.early) window.eval(place.querySelector("script")?.text ?? "");
  return () => act(async () => hydrateRoot(place, page));
}

/** Waits until what React left for later is done. */
const soon = () =>
  act(() => new Promise<void>((resume) => setTimeout(resume, 5)));

afterEach(() => document.body.replaceChildren());

function Buttons(props: ButtonProps) {
  return (
    <>
      <EarlyScript />
      <Button {...props} />
      <Button>Another</Button>
    </>
  );
}

test("what is pressed before React has the page is done once it has it, and only once", async () => {
  const onPress = jest.fn();
  const ref = createRef<HTMLButtonElement>();
  const come = served(<Buttons {...{ onPress, ref }}>Save</Buttons>);
  const button = screen.getByRole("button", { name: "Save" });
  fireEvent.click(screen.getByText("Save"));
  expect(onPress).not.toHaveBeenCalled();
  const root = await come();
  await soon();
  expect(onPress).toHaveBeenCalledTimes(1);
  expect(ref.current).toBe(button);
  // Another ref of the same button is no other button.
  await act(async () =>
    root.render(<Buttons onPress={onPress}>Saved</Buttons>),
  );
  await soon();
  expect(onPress).toHaveBeenCalledTimes(1);
  expect(ref.current).toBeNull();
  fireEvent.click(button);
  await soon();
  expect(onPress).toHaveBeenCalledTimes(2);
  await act(async () => root.unmount());
});

test("of two presses the last counts", async () => {
  const onPress = jest.fn();
  const come = served(<Buttons onPress={onPress}>Delete</Buttons>);
  fireEvent.click(screen.getByText("Delete"));
  fireEvent.click(screen.getByText("Another"));
  const root = await come();
  await soon();
  expect(onPress).not.toHaveBeenCalled();
  await act(async () => root.unmount());
});

type Sent = { note: string; secret: string };

function SentForm({ onSent }: { onSent: (sent: Sent) => void }) {
  const { control, handleSubmit } = useForm<Sent>({
    defaultValues: { note: "", secret: "" },
  });
  return (
    <Form
      onSubmit={(event) => void handleSubmit((sent) => onSent(sent))(event)}
    >
      <EarlyScript />
      <TextArea label="Note" {...useFormField(control, "note")} />
      <PasswordField label="Secret" {...useFormField(control, "secret")} />
      <Button type="submit">Send</Button>
    </Form>
  );
}

test("what is typed before React has the page is sent with all of it", async () => {
  const onSent = jest.fn();
  const come = served(<SentForm onSent={onSent} />);
  const note = screen.getByLabelText("Note");
  const secret = screen.getByLabelText("Secret");
  fireEvent.input(note, { target: { value: "early" } });
  fireEvent.input(secret, { target: { value: "a sec" } });
  fireEvent.input(secret, { target: { value: "a secret" } });
  // The browser would send the form itself, and leave the page.
  const wasLet = fireEvent.click(screen.getByText("Send"));
  expect(wasLet).toBe(false);
  const root = await come();
  await soon();
  expect(note).toHaveValue("early");
  expect(secret).toHaveValue("a secret");
  expect(onSent).toHaveBeenCalledTimes(1);
  expect(onSent).toHaveBeenCalledWith({ note: "early", secret: "a secret" });
  fireEvent.input(note, { target: { value: "late" } });
  fireEvent.click(screen.getByText("Send"));
  await soon();
  expect(onSent).toHaveBeenLastCalledWith({ note: "late", secret: "a secret" });
  await act(async () => root.unmount());
});
