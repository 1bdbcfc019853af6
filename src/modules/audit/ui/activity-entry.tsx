"use client";

import {
  ArrowRight,
  Bot,
  ChevronDown,
  ChevronUp,
  CircleUser,
  KeyRound,
  ServerCog,
  Users,
} from "lucide-react";
import { useState } from "react";
import { Press } from "@/ui/controls/press";
import { DescriptionList } from "@/ui/display/description-list";
import { Time } from "@/ui/display/time";
import type { AuditEntry } from "../contract";
import {
  actionWords,
  changesOf,
  snapshotOf,
  type Change,
} from "./activity-words";

/** How each kind of actor looks. */
export const actorIcons = {
  staff: CircleUser,
  customer: Users,
  service: KeyRound,
  system: ServerCog,
  public: Bot,
} as const;

/** What each kind of actor is called beside its name; staff go without. */
export const actorKinds = {
  staff: null,
  customer: "customer",
  service: "service token",
  system: "system",
  public: "not signed in",
} as const;

/** Who did what and when, with each field before → after, and all else behind a press. */
export function ActivityEntry({ entry }: { entry: AuditEntry }) {
  const [isOpen, setOpen] = useState(false);
  const { actor, on_behalf_of, created_at } = entry;
  const Icon = actorIcons[actor.kind];
  const kind = actorKinds[actor.kind];
  const Chevron = isOpen ? ChevronUp : ChevronDown;
  return (
    <li className="flex flex-col gap-1.5 border-b px-4 py-2 last:border-b-0">
      <Press
        aria-expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
        className="group flex min-h-6 cursor-pointer items-start gap-3 rounded-sm text-left"
      >
        <span className="flex h-5 items-center">
          <Icon aria-hidden className="icon text-ink-faint" />
        </span>
        <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4">
          <span className="min-w-0 wrap-anywhere">
            <span className="font-medium">{actor.name}</span>{" "}
            {kind ? <span className="text-ink-faint">({kind}) </span> : null}
            {on_behalf_of ? (
              <span className="text-ink-muted">as {on_behalf_of.name} </span>
            ) : null}
            {actionWords(entry)}
          </span>
          <Time
            value={created_at}
            format="relative"
            className="text-xs text-ink-faint"
          />
        </span>
        <span className="flex h-5 items-center">
          <Chevron
            aria-hidden
            className="icon text-ink-faint group-hover:text-ink"
          />
        </span>
      </Press>
      <Changes changes={changesOf(entry)} />
      {isOpen ? <Whole entry={entry} /> : null}
    </li>
  );
}

function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 pl-7 text-xs">
      {changes.map(({ field, before, after }) => (
        <li key={field} className="flex flex-wrap items-center gap-x-1.5">
          <span className="text-ink-faint">{field}</span>
          {before === null ? null : (
            <>
              <span className="break-all text-ink-muted">{before}</span>
              <ArrowRight
                aria-label="became"
                className="h-3 w-3 shrink-0 text-ink-faint"
              />
            </>
          )}
          <span className="font-medium break-all">{after}</span>
        </li>
      ))}
    </ul>
  );
}

/** All fields of what came or went, and where the request came from. */
function Whole({ entry }: { entry: AuditEntry }) {
  const fields = [
    { label: "Time", value: <Time value={entry.created_at} /> },
    ...snapshotOf(entry),
    { label: "Target", value: entry.target.id },
    ...(entry.ip ? [{ label: "From", value: entry.ip }] : []),
    ...(entry.request_id
      ? [{ label: "Request", value: entry.request_id }]
      : []),
  ];
  return (
    <div className="ml-7 rounded-lg border px-3 text-xs break-all">
      <DescriptionList items={fields} />
    </div>
  );
}
