"use client";

import type { ReactNode } from "react";
import {
  SwitchButton,
  SwitchField,
  Text,
  type SwitchFieldProps,
} from "react-aria-components/Switch";

export type SwitchProps = Omit<
  SwitchFieldProps,
  "children" | "className" | "style"
> & {
  label: ReactNode;
  description?: ReactNode;
  className?: string;
};

/** Something that is on or off at once, with no form to send. */
export function Switch({
  label,
  description,
  className = "",
  ...props
}: SwitchProps) {
  return (
    <SwitchField {...props} className={`flex flex-col gap-0.5 ${className}`}>
      <SwitchButton className="group flex min-h-6 cursor-pointer items-start gap-2 text-sm text-ink outline-none disabled:cursor-default disabled:opacity-50">
        <span className="flex h-5 items-center">
          <span className="flex h-4 w-7 shrink-0 items-center rounded-full border border-field bg-muted px-0.5 transition-colors group-selected:border-accent group-selected:bg-accent group-focus-visible:outline-2 group-focus-visible:outline-offset-2 group-focus-visible:outline-accent-text">
            <span className="h-2.5 w-2.5 rounded-full bg-ink-muted transition-transform group-selected:translate-x-3 group-selected:bg-accent-ink" />
          </span>
        </span>
        <span>{label}</span>
      </SwitchButton>
      {description ? (
        <Text slot="description" className="pl-9 text-xs text-ink-faint">
          {description}
        </Text>
      ) : null}
    </SwitchField>
  );
}
