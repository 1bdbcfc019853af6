"use client";

import { ArrowRight, ChevronDown, ChevronUp } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { Link } from "@/ui/controls/link";
import { CopyableId } from "@/ui/display/copyable-id";
import { DescriptionList } from "@/ui/display/description-list";
import { Time } from "@/ui/display/time";
import type { AuditEntry } from "../contract";
import { actorIcons, actorKinds } from "./activity-entry";
import {
  actionWords,
  changesOf,
  kindWords,
  snapshotOf,
} from "./activity-words";
import type { AuditFilter } from "./audit-filters";

export type AuditRowProps = {
  entry: AuditEntry;
  /** Narrows the log to what this entry has there. */
  onNarrow: (filter: AuditFilter, value: string) => void;
};

const cell = "min-w-0 px-3 text-sm max-sm:block max-sm:px-0";

/** One entry: a row from 640 px on, a card below; the rest of it opens under it. */
export function AuditRow({ entry, onNarrow }: AuditRowProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { target, ip, created_at } = entry;
  const words = actionWords(entry);
  return (
    <>
      <tr
        role="row"
        className="relative bg-canvas hover:bg-subtle max-sm:flex max-sm:flex-col max-sm:gap-1 max-sm:border-t max-sm:p-3 max-sm:pr-12 max-sm:first:border-t-0 sm:h-10 sm:*:border-t sm:first:*:border-t-0"
      >
        <td role="cell" className={`${cell} whitespace-nowrap sm:w-40`}>
          <Time value={created_at} className="max-sm:text-xs text-ink-muted" />
        </td>
        <td role="cell" className={`${cell} sm:py-1.5`}>
          <Who entry={entry} />
        </td>
        <td role="cell" className={`${cell} wrap-anywhere sm:py-1.5`}>
          {words}
        </td>
        <td role="cell" className={cell}>
          <Label>Target</Label>
          <span className="mr-2 whitespace-nowrap">
            {kindWords(target.kind)}
          </span>
          <CopyableId
            id={target.id}
            shown={shortId(target.id)}
            label="target id"
          />
        </td>
        <td
          role="cell"
          className={`${cell} font-mono text-xs text-ink-muted ${ip ? "" : "max-sm:hidden"}`}
        >
          <Label>From</Label>
          {ip ?? "–"}
        </td>
        <td
          role="cell"
          className="text-right max-sm:absolute max-sm:top-2 max-sm:right-2 sm:w-12 sm:pr-2"
        >
          <IconButton
            label={isOpen ? "Hide details" : "Show details"}
            icon={isOpen ? <ChevronUp /> : <ChevronDown />}
            size="sm"
            placement="left"
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onPress={() => setOpen(!isOpen)}
          />
        </td>
      </tr>
      {isOpen ? (
        <tr role="row" id={id} className="max-sm:block">
          <td
            role="cell"
            colSpan={6}
            className="bg-subtle p-3 sm:px-4 max-sm:block"
          >
            <Details entry={entry} onNarrow={onNarrow} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Label({ children }: { children: ReactNode }) {
  return (
    <span
      aria-hidden
      className="mr-1.5 font-sans text-xs text-ink-faint sm:hidden"
    >
      {children}
    </span>
  );
}

function Who({ entry: { actor, on_behalf_of } }: { entry: AuditEntry }) {
  const Icon = actorIcons[actor.kind];
  const kind = actorKinds[actor.kind];
  return (
    <span className="flex min-w-0 items-start gap-2">
      <span className="flex h-5 items-center">
        <Icon aria-hidden className="icon text-ink-faint" />
      </span>
      <span className="min-w-0 wrap-anywhere">
        <span className="font-medium">{actor.name}</span>
        {kind ? <span className="text-ink-faint"> ({kind})</span> : null}
        {on_behalf_of ? (
          <span className="block text-xs text-ink-muted">
            {"as "}
            <Link href={`/customers/${on_behalf_of.id}`} inline tone="ink">
              {on_behalf_of.name}
            </Link>
          </span>
        ) : null}
      </span>
    </span>
  );
}

function Details({ entry, onNarrow }: AuditRowProps) {
  const { id, actor, action, target, customer_id, request_id } = entry;
  const changes = changesOf(entry).map(({ field, before, after }) => ({
    label: field,
    value: (
      <span className="flex flex-wrap items-center gap-x-2 break-all">
        {before === null ? null : (
          <>
            <span className="text-ink-muted line-through decoration-line-strong">
              {before}
            </span>
            <ArrowRight
              aria-label="became"
              className="h-3 w-3 shrink-0 text-ink-faint"
            />
          </>
        )}
        <span className="font-medium">{after}</span>
      </span>
    ),
  }));
  const snapshot = snapshotOf(entry).map(({ label, value }) => ({
    label,
    value: <span className="break-all">{value}</span>,
  }));
  const ids = [
    {
      label: "Action",
      value: <code className="font-mono text-xs">{action}</code>,
    },
    { label: "Entry", value: <CopyableId id={id} label="entry id" /> },
    ...(request_id
      ? [
          {
            label: "Request",
            value: <CopyableId id={request_id} label="request id" />,
          },
        ]
      : []),
  ];
  const narrow: [AuditFilter, string, string | null][] = [
    ["actor_id", `Only ${actor.name}`, actor.id],
    ["action", "Only this action", action],
    ["target_id", "Only this target", target.id],
    ["customer_id", "Only this customer", customer_id],
  ];
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="rounded-lg border bg-canvas px-3 py-2">
        <DescriptionList items={[...changes, ...snapshot, ...ids]} />
      </div>
      <div className="flex flex-wrap gap-2">
        {narrow.map(([filter, label, value]) =>
          value ? (
            <Button
              key={filter}
              size="sm"
              onPress={() => onNarrow(filter, value)}
            >
              {label}
            </Button>
          ) : null,
        )}
      </div>
    </div>
  );
}

/** `cus_01jd…4x7z`: enough to tell one from another. */
function shortId(id: string): string {
  return `${id.slice(0, 4)}…${id.slice(-4)}`;
}
