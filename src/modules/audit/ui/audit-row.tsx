"use client";

import { ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/ui/controls/button";
import { Link } from "@/ui/controls/link";
import { CopyableId } from "@/ui/display/copyable-id";
import { DescriptionList } from "@/ui/display/description-list";
import { Time } from "@/ui/display/time";
import { LogCell, LogRow } from "@/ui/log/log-row";
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

export const auditHeads = ["When", "Who", "What", "Target", "From"].map(
  (name) => ({ name }),
);

/** One entry: a row of the log; the rest of it opens under it. */
export function AuditRow({ entry, onNarrow }: AuditRowProps) {
  const { target, ip, created_at } = entry;
  return (
    <LogRow
      columns={auditHeads.length}
      details={<Details entry={entry} onNarrow={onNarrow} />}
    >
      <LogCell className="whitespace-nowrap sm:w-40">
        <Time value={created_at} className="max-sm:text-xs text-ink-muted" />
      </LogCell>
      <LogCell className="sm:py-1.5">
        <Who entry={entry} />
      </LogCell>
      <LogCell className="wrap-anywhere sm:py-1.5">
        {actionWords(entry)}
      </LogCell>
      <LogCell>
        <Label>Target</Label>
        <span className="mr-2 whitespace-nowrap">{kindWords(target.kind)}</span>
        <CopyableId
          id={target.id}
          shown={shortId(target.id)}
          label="target id"
        />
      </LogCell>
      <LogCell
        className={`font-mono text-xs text-ink-muted ${ip ? "" : "max-sm:hidden"}`}
      >
        <Label>From</Label>
        {ip ?? "–"}
      </LogCell>
    </LogRow>
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
