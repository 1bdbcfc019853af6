"use client";

import type { FormEvent, KeyboardEvent, ReactNode } from "react";

export type FormProps = {
  /** Receives the event with its default already prevented. */
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  children: ReactNode;
  /** Lets a button outside the form (in a dialog's footer) submit it by its `form` prop. */
  id?: string;
  className?: string;
  "aria-label"?: string;
};

/** A form that validates in our own words (noValidate) and submits on Ctrl or Cmd + Enter. */
export function Form({ onSubmit, className = "", ...props }: FormProps) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onSubmit(event);
  }
  function submitByKey(event: KeyboardEvent<HTMLFormElement>) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    // A number counts when its field is left, so leave it, as a click on the button would.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement) {
      activeElement.blur();
      activeElement.focus();
    }
    event.currentTarget.requestSubmit();
  }
  return (
    // Sent before the page's script runs, a form must not put what was typed in the address.
    <form
      {...props}
      method="post"
      noValidate
      onSubmit={submit}
      // On its way in: the parts of a date keep keys to themselves.
      onKeyDownCapture={submitByKey}
      className={`flex flex-col gap-4 ${className}`}
    />
  );
}
