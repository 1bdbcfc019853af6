import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "@/ui/controls/link-button";
import { Card } from "@/ui/display/card";
import { CopyBlock } from "@/ui/display/copy-block";

export type Progress = {
  hasCustomers: boolean;
  hasKeys: boolean;
  hasCalls: boolean;
};

export type GettingStartedProps = {
  progress: Progress;
  /** Where programs reach this app: "https://tolls.example.com". */
  appUrl: string;
  /** What gives out the service token of step three, for those who may. */
  tokenAction?: ReactNode;
};

/** The way from nothing to the first guarded call, ticked off by what has really happened. */
export function GettingStarted({
  progress,
  appUrl,
  tokenAction,
}: GettingStartedProps) {
  const { hasCustomers, hasKeys, hasCalls } = progress;
  return (
    <Card
      title="Getting started"
      description="Three steps to a guarded API"
      flush
    >
      <ol className="divide-y">
        <Step
          place={1}
          isDone={hasCustomers}
          title="Add a customer"
          action={
            <LinkButton
              href="/customers?show=create"
              variant={hasCustomers ? "secondary" : "primary"}
            >
              Add customer
            </LinkButton>
          }
        >
          Whoever calls your API: a company or a person, with limits of its own.
        </Step>
        <Step
          place={2}
          isDone={hasKeys}
          title="Issue an API key"
          action={
            <LinkButton
              href={hasCustomers ? "/customers" : "/keys"}
              variant={hasCustomers && !hasKeys ? "primary" : "secondary"}
            >
              {hasCustomers ? "Choose a customer" : "See keys"}
            </LinkButton>
          }
        >
          On the customer’s Keys tab. The key is shown once; your customer sends
          it along with each call.
        </Step>
        <Step
          place={3}
          isDone={hasCalls}
          title="Ask before you answer"
          action={
            <>
              <LinkButton href="/docs">API reference</LinkButton>
              {tokenAction}
            </>
          }
          below={<CopyBlock label="cURL" text={checkCall(appUrl)} noWrap />}
        >
          Your program asks with a service token whether a call may go ahead,
          and reports what was used.
        </Step>
      </ol>
    </Card>
  );
}

type StepProps = {
  place: number;
  isDone: boolean;
  title: string;
  action: ReactNode;
  children: ReactNode;
  below?: ReactNode;
};

function Step({ place, isDone, title, action, children, below }: StepProps) {
  return (
    <li className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <span className="flex h-6 w-6 shrink-0 items-center justify-center">
          {isDone ? (
            <CircleCheck aria-hidden className="h-5 w-5 text-success" />
          ) : (
            <span
              aria-hidden
              className="flex h-5 w-5 items-center justify-center rounded-full border border-line-strong text-xs text-ink-muted"
            >
              {place}
            </span>
          )}
        </span>
        <div className="min-w-48 flex-1">
          <h3 className="text-sm font-medium">
            {title}
            {isDone ? <span className="sr-only"> (done)</span> : null}
          </h3>
          <p className="text-sm text-ink-muted">{children}</p>
        </div>
        {action}
      </div>
      {below ? <div className="min-w-0 sm:pl-10">{below}</div> : null}
    </li>
  );
}

function checkCall(appUrl: string): string {
  return [
    `curl -X POST ${appUrl}/api/v1/check \\`,
    `  -H "Authorization: Bearer tk_…" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d '{"key": "sk_live_…"}'`,
  ].join("\n");
}
