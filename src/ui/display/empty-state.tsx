import { Inbox, Lock, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { CopyBlock } from "./copy-block";

type Frame = { icon: ReactNode; title: string; children: ReactNode };

function EmptyFrame({ icon, title, children }: Frame) {
  return (
    <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
      <span
        aria-hidden
        className="mb-1 flex h-10 w-10 items-center justify-center rounded-lg border bg-subtle text-ink-faint [&>svg]:h-4 [&>svg]:w-4"
      >
        {icon}
      </span>
      <h2 className="text-sm font-semibold">{title}</h2>
      {children}
    </div>
  );
}

function Words({ children }: { children: ReactNode }) {
  return (
    <p className="max-w-md text-sm text-balance text-ink-muted">{children}</p>
  );
}

export type EmptyStateProps = {
  /** "No customers yet". */
  title: string;
  /** What the thing is, in a sentence. */
  description: ReactNode;
  /** The primary button that makes the first one. */
  action?: ReactNode;
  /** A cURL line that makes the first one by the API. */
  curl?: string;
  icon?: ReactNode;
};

/** Nothing is there yet: what it would be, and how to make the first. */
export function EmptyState({
  title,
  description,
  action,
  curl,
  icon = <Inbox />,
}: EmptyStateProps) {
  return (
    <EmptyFrame icon={icon} title={title}>
      <Words>{description}</Words>
      {action ? (
        <div className="mt-2 flex flex-wrap gap-2">{action}</div>
      ) : null}
      {curl ? (
        <div className="mt-4 w-full max-w-lg text-left">
          <CopyBlock label="Or with cURL" text={curl} noWrap />
        </div>
      ) : null}
    </EmptyFrame>
  );
}

export type NoMatchProps = {
  /** "No customers match". */
  title?: string;
  description?: ReactNode;
  /** A "Clear filters" Button or LinkButton. */
  action: ReactNode;
};

/** There are some, but none that the filters let through. */
export function NoMatch({
  title = "Nothing matches",
  description = "No row fits the search and the filters.",
  action,
}: NoMatchProps) {
  return (
    <EmptyFrame icon={<SearchX />} title={title}>
      <Words>{description}</Words>
      <div className="mt-2">{action}</div>
    </EmptyFrame>
  );
}

export type NotAllowedProps = {
  /** What one may not do: "see invoices". */
  act: string;
  /** Who may: "Billing, Admin or Owner". */
  roles: string;
  /** The missing permission, "billing:read". */
  permission?: string;
  action?: ReactNode;
};

/** The viewer's role may not: says which role may. */
export function NotAllowed({
  act,
  roles,
  permission,
  action,
}: NotAllowedProps) {
  return (
    <EmptyFrame icon={<Lock />} title={`Your role may not ${act}`}>
      <Words>
        {`This needs the role ${roles}. Ask an owner of your team to change yours.`}
      </Words>
      {permission ? (
        <p className="text-xs text-ink-faint">
          Missing permission: <code className="font-mono">{permission}</code>
        </p>
      ) : null}
      {action ? <div className="mt-2">{action}</div> : null}
    </EmptyFrame>
  );
}
