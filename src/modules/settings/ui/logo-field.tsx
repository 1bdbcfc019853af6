"use client";

import { CircleAlert } from "lucide-react";
import { useId, useState, type ChangeEvent } from "react";
import { Button } from "@/ui/controls/button";
import { buttonStyle } from "@/ui/controls/button-style";
import { logoBytes } from "../contract";

export type LogoFieldProps = {
  /** The address of the logo that there is. */
  current: string | null;
  /** A data: URL for a new one, null for none, undefined for `current`. */
  value: string | null | undefined;
  onChange: (value: string | null | undefined) => void;
  error?: string | undefined;
  isDisabled: boolean;
};

/** Chooses an image file; it is read here, and sent with the form. */
export function LogoField({
  current,
  value,
  onChange,
  error,
  isDisabled,
}: LogoFieldProps) {
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const shown = value === undefined ? current : value;
  const wrong = problem ?? error;
  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    event.target.value = ""; // so that the same file can be chosen again
    if (!file) return;
    if (file.size > logoBytes)
      return setProblem("The logo has more than 200 kB. Make it smaller.");
    setProblem(undefined);
    onChange(await readDataUrl(file));
  }
  return (
    <div
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-help`}
      data-field="logo"
      className="flex flex-col gap-1.5"
    >
      <span id={`${id}-label`} className="text-sm font-medium">
        Logo
      </span>
      <div className="flex flex-wrap items-center gap-3">
        <Preview url={shown} />
        <label
          className={buttonStyle({
            className: `has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-text ${isDisabled ? "pointer-events-none opacity-50" : ""}`,
          })}
        >
          Choose image
          <input
            type="file"
            accept="image/png,image/jpeg,image/webp"
            className="sr-only"
            disabled={isDisabled}
            onChange={(event) => void choose(event)}
          />
        </label>
        {shown && !isDisabled ? (
          <Button variant="ghost" onPress={() => onChange(null)}>
            Remove
          </Button>
        ) : null}
      </div>
      <p id={`${id}-help`} className="text-xs text-ink-faint">
        PNG, JPEG or WebP, at most 200 kB. Square ones look best.
      </p>
      {wrong ? (
        <p
          role="alert"
          className="flex items-start gap-1.5 text-xs text-danger"
        >
          <CircleAlert aria-hidden className="mt-px h-3.5 w-3.5 shrink-0" />
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

function Preview({ url }: { url: string | null }) {
  return (
    <span className="flex h-12 w-12 items-center justify-center overflow-hidden rounded-lg border bg-subtle text-xs text-ink-faint">
      {url ? (
        // eslint-disable-next-line @next/next/no-img-element -- of the seller's own, or not yet sent
        <img
          src={url}
          alt="The logo"
          className="h-full w-full object-contain p-1"
        />
      ) : (
        "None"
      )}
    </span>
  );
}

function readDataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    // Safe: readAsDataURL gives text.
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () =>
      reject(reader.error ?? new Error("The file cannot be read."));
    reader.readAsDataURL(file);
  });
}
