"use client";

import { CopyButton } from "../display/copy-button";
import { Dialog } from "./dialog";

export type JsonDialogProps = {
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  /** "Customer cus_…". */
  title: string;
  /** The object as the API answers it. */
  value: unknown;
};

/** "View as JSON": the object as the API gives it, to read and to copy. */
export function JsonDialog({ value, ...props }: JsonDialogProps) {
  const text = JSON.stringify(value, null, 2);
  return (
    <Dialog {...props} size="lg" description="As the API answers it.">
      <div className="relative rounded-lg border bg-subtle">
        <div className="absolute top-2 right-2">
          <CopyButton text={text} label="Copy JSON" />
        </div>
        <pre
          tabIndex={0}
          className="max-h-[55vh] overflow-auto p-4 pr-12 font-mono text-xs text-ink"
        >
          {text}
        </pre>
      </div>
    </Dialog>
  );
}
