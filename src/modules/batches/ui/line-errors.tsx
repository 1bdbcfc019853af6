import { countText } from "@/ui/format/number";
import type { LineError } from "../contract/import";

export type LineErrorsProps = {
  title: string;
  errors: readonly LineError[];
  /** How many there are in all. */
  count: number;
};

/** What is wrong with the lines of a file. */
export function LineErrors({ title, errors, count }: LineErrorsProps) {
  if (errors.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm font-semibold">{title}</h3>
      <ul
        tabIndex={0}
        aria-label={title}
        className="mt-2 max-h-64 divide-y overflow-y-auto rounded-lg border text-sm"
      >
        {errors.map(({ line, field, message }, at) => (
          <li key={at} className="px-3 py-2 wrap-anywhere">
            <span className="text-ink-faint">{`Line ${line}`}</span>{" "}
            {field ? <code className="font-mono text-xs">{field}</code> : null}{" "}
            {message}
          </li>
        ))}
      </ul>
      {count > errors.length ? (
        <p className="mt-2 text-xs text-ink-muted">
          {`The first ${countText(errors.length)} of ${countText(count)}.`}
        </p>
      ) : null}
    </section>
  );
}
