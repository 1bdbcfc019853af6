"use client";

import {
  ArrowRight,
  Bot,
  CircleUser,
  KeyRound,
  ServerCog,
  Users,
} from "lucide-react";
import { DescriptionList } from "@/ui/display/description-list";
import { Time } from "@/ui/display/time";
import type { AuditEntry } from "../contract";
import {
  actionWords,
  changesOf,
  snapshotOf,
  type Change,
} from "./activity-words";

const icons = {
  staff: CircleUser,
  customer: Users,
  service: KeyRound,
  system: ServerCog,
  public: Bot,
} as const;

const kinds = {
  staff: null,
  customer: "customer",
  service: "service token",
  system: "system",
  public: "not signed in",
} as const;

/** Who did what and when, with each field before → after. */
export function ActivityEntry({ entry }: { entry: AuditEntry }) {
  const { actor, created_at } = entry;
  const Icon = icons[actor.kind];
  const kind = kinds[actor.kind];
  return (
    <li className="flex gap-3 border-b px-4 py-3 last:border-b-0">
      <Icon aria-hidden className="icon mt-0.5 text-ink-faint" />
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <p className="min-w-0">
            <span className="font-medium">{actor.name}</span>{" "}
            {kind ? <span className="text-ink-faint">({kind}) </span> : null}
            {actionWords(entry)}
          </p>
          <Time
            value={created_at}
            format="relative"
            className="text-xs text-ink-faint"
          />
        </div>
        <Changes changes={changesOf(entry)} />
        <Whole entry={entry} />
      </div>
    </li>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 text-xs">
      {changes.map(({ field, before, after }) => (
        <li key={field} className="flex flex-wrap items-center gap-x-1.5">
          <span className="text-ink-faint">{field}</span>
          <span className="break-all text-ink-muted line-through decoration-line-strong">
            {before}
          </span>
          <ArrowRight
            aria-label="became"
            className="h-3 w-3 shrink-0 text-ink-faint"
          />
          <span className="break-all">{after}</span>
        </li>
      ))}
    </ul>
  );
}

/** All fields of what came or went, behind a press; and where the request came from. */
function Whole({ entry }: { entry: AuditEntry }) {
  const fields = [
    ...snapshotOf(entry),
    { label: "Target", value: entry.target.id },
    ...(entry.ip ? [{ label: "From", value: entry.ip }] : []),
    ...(entry.request_id
      ? [{ label: "Request", value: entry.request_id }]
      : []),
  ];
  return (
    <details className="group text-xs">
      <summary className="inline-flex min-h-6 cursor-pointer items-center rounded-sm text-ink-faint hover:text-ink">
        Details
      </summary>
      <div className="mt-1 rounded-lg border px-3 break-all">
        <DescriptionList items={fields} />
      </div>
    </details>
  );
}
