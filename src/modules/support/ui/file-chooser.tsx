"use client";

import { Paperclip, X } from "lucide-react";
import type { ChangeEvent } from "react";
import { buttonStyle } from "@/ui/controls/button-style";
import { IconButton } from "@/ui/controls/icon-button";
import { toast } from "@/ui/display/toaster";
import { attachmentBytes } from "../contract/kinds";
import { sizeText } from "./ticket-words";

const most = 10;

export type FileChooserProps = {
  files: readonly File[];
  onChange: (files: File[]) => void;
};

/** Chooses files to send along; ticket-acts uploads them with the message. */
export function FileChooser({ files, onChange }: FileChooserProps) {
  function choose(event: ChangeEvent<HTMLInputElement>) {
    const chosen = [...(event.target.files ?? [])];
    event.target.value = ""; // so that the same file can be chosen again
    const large = chosen.find(({ size }) => size > attachmentBytes);
    if (large) toast.error(`${large.name} has more than 10 MB`);
    const fitting = chosen.filter(({ size }) => size <= attachmentBytes);
    onChange([...files, ...fitting].slice(0, most));
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <label
        className={buttonStyle({
          size: "sm",
          className:
            "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text",
        })}
      >
        <Paperclip aria-hidden className="icon" />
        Attach files
        <input type="file" multiple className="sr-only" onChange={choose} />
      </label>
      {files.map((file, i) => (
        <span
          key={`${file.name} ${i}`}
          className="inline-flex min-w-0 items-center gap-1 rounded-md border pl-2 text-sm"
        >
          <span className="max-w-48 truncate">{file.name}</span>
          <span className="text-xs text-ink-muted">{sizeText(file.size)}</span>
          <IconButton
            label={`Remove ${file.name}`}
            icon={<X />}
            size="sm"
            onPress={() => onChange(files.filter((_, at) => at !== i))}
          />
        </span>
      ))}
    </div>
  );
}
