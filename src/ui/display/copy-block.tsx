import { CopyButton } from "./copy-button";

export type CopyBlockProps = {
  /** A key, an `.env` line, a cURL call. */
  text: string;
  /** What it is: "API key", ".env", "cURL". */
  label: string;
  /** Keeps long lines on one line with its own scroll; else they wrap. */
  noWrap?: boolean;
};

/** Text to take along, with a copy button. */
export function CopyBlock({ text, label, noWrap }: CopyBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-lg border bg-subtle">
      <figcaption className="flex min-h-9 items-center justify-between gap-2 border-b pr-1 pl-3 text-xs text-ink-muted">
        {label}
        <CopyButton text={text} label={`Copy ${label}`} />
      </figcaption>
      <pre
        tabIndex={0}
        aria-label={label}
        role="group"
        className={`overflow-x-auto p-3 font-mono text-xs text-ink ${noWrap ? "" : "break-all whitespace-pre-wrap"}`}
      >
        {text}
      </pre>
    </figure>
  );
}
