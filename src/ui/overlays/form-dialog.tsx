"use client";

import { useId, type ReactNode } from "react";
import { Button } from "../controls/button";
import { ErrorSummary, type ErrorSummaryProps } from "../forms/error-summary";
import { Form } from "../forms/form";
import { Dialog, type DialogProps } from "./dialog";

export type FormDialogProps = Pick<
  DialogProps,
  "title" | "description" | "size"
> & {
  /** What `useContractForm` gave; the fields inside bind to its `control`. */
  form: {
    submit: () => void;
    isDirty: boolean;
    isPending: boolean;
    summary: Pick<ErrorSummaryProps, "problems" | "attempt">;
  };
  /** The verb on the button: "Invite". */
  submitLabel: string;
  /** Over the list of what is wrong: "Nobody was invited". */
  failure: string;
  /** Another act, at the other end of the footer. */
  aside?: ReactNode;
  onClose: () => void;
  children: ReactNode;
};

/**
 * A form in a dialog that is open as long as it is rendered: what is wrong on top, then the fields,
 * Cancel and the verb in the footer. Esc, the cross and a press outside ask before typed text is
 * lost; Cancel means it. `send` of the form closes it.
 */
export function FormDialog({
  form,
  submitLabel,
  failure,
  aside,
  onClose,
  children,
  ...frame
}: FormDialogProps) {
  const id = useId();
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      isDirty={form.isDirty}
      {...frame}
      footer={
        <>
          {aside ? <div className="mr-auto">{aside}</div> : null}
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={id}
            variant="primary"
            isPending={form.isPending}
          >
            {submitLabel}
          </Button>
        </>
      }
    >
      <Form id={id} onSubmit={form.submit} aria-label={frame.title}>
        <ErrorSummary {...form.summary} title={failure} />
        {children}
      </Form>
    </Dialog>
  );
}
