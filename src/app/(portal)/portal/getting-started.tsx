import { ChevronRight, Circle, CircleCheck } from "lucide-react";
import NextLink from "next/link";
import { Card } from "@/ui/display/card";
import { CopyBlock } from "@/ui/display/copy-block";
import type { FirstStep } from "./first-steps";

/** What a new customer does first; what happened is ticked. */
export function GettingStarted({ steps }: { steps: readonly FirstStep[] }) {
  const done = steps.filter(({ isDone }) => isDone).length;
  const next = steps.find(({ isDone }) => !isDone);
  return (
    <Card
      title="Getting started"
      description={`${done} of ${steps.length} done`}
      flush
    >
      <ol className="divide-y">
        {steps.map((step) => (
          <li key={step.title}>
            {step.isDone ? <Done {...step} /> : <ToDo {...step} />}
            {step === next && step.command ? (
              <div className="px-4 pb-4 sm:pl-11">
                <CopyBlock label="First call" text={step.command} />
              </div>
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Done({ title }: FirstStep) {
  return (
    <p className="flex min-h-11 items-center gap-3 px-4 py-2 text-sm text-ink-muted">
      <CircleCheck aria-hidden className="icon text-success" />
      {title} <span className="sr-only">(done)</span>
    </p>
  );
}

function ToDo({ title, about, href }: FirstStep) {
  return (
    <NextLink
      href={href}
      className="group flex min-h-11 items-center gap-3 px-4 py-2 text-sm -outline-offset-2 hover:bg-subtle"
    >
      <Circle aria-hidden className="icon text-ink-faint" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        <span className="block text-xs text-ink-muted">{about}</span>
      </span>
      <ChevronRight
        aria-hidden
        className="icon text-ink-faint group-hover:text-ink"
      />
    </NextLink>
  );
}
