"use client";

import { CircleAlert } from "lucide-react";
import { useEffect, useRef, type MouseEvent } from "react";

export type FieldProblem = {
  /** The field's `name`; leave it out for what belongs to no field. */
  name?: string;
  message: string;
};

export type ErrorSummaryProps = {
  problems: readonly FieldProblem[];
  /** "Customer was not created". */
  title?: string;
  /** Raise it on each failed submit to move the focus here again. */
  attempt?: number;
};

/** What is wrong with a form, on top of it; each line leads to its field. Nothing when empty. */
export function ErrorSummary({
  problems,
  title = "Check these fields",
  attempt = 0,
}: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempt > 0) box.current?.focus();
  }, [attempt]);
  if (problems.length === 0) return null;
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-2 rounded-lg border border-danger-line bg-danger-tint p-3 text-sm text-ink"
    >
      <CircleAlert aria-hidden className="icon mt-0.5 text-danger" />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <ul className="mt-1 flex flex-col gap-1">
          {problems.map((problem, index) => (
            <li key={problem.name ?? index}>
              <Line problem={problem} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function Line({ problem: { name, message } }: { problem: FieldProblem }) {
  if (!name) return message;
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    event.preventDefault();
    focusField(event.currentTarget, name ?? "");
  }
  return (
    <a
      href={`#${name}`}
      onClick={follow}
      className="rounded-sm text-danger underline underline-offset-4"
    >
      {message}
    </a>
  );
}

/** Focuses the first control of the field called `name` in the form round `from`. */
function focusField(from: Element, name: string) {
  const scope = from.closest("form, [role=dialog]") ?? document;
  const field = scope.querySelector(`[data-field="${CSS.escape(name)}"]`);
  const control = field?.querySelector<HTMLElement>(
    "input:not([type=hidden]):not([hidden]), textarea, button, [tabindex='0']",
  );
  control?.focus();
  control?.scrollIntoView({ block: "center" });
}
