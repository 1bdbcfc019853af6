"use client";

import { Braces, RotateCw, Webhook } from "lucide-react";
import dynamic from "next/dynamic";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { useDialogUrl } from "@/client/use-dialog-url";
import { LinkButton } from "@/ui/controls/link-button";
import { CopyableId } from "@/ui/display/copyable-id";
import { EmptyState } from "@/ui/display/empty-state";
import { StatusBadge } from "@/ui/display/status-badge";
import { statusWord } from "@/ui/display/statuses";
import { Time } from "@/ui/display/time";
import type { MenuEntry } from "@/ui/overlays/menu";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import { ListEmpty, ListFilters, type ListUrl } from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import { hostedNames } from "../contract/parts";
import {
  inboundApi,
  inboundStates,
  type InboundWebhook,
} from "../contract/webhooks";
import { providerText } from "./payment-words";

const InboundDialog = dynamic(() => import("./inbound-dialog"), { ssr: false });

const filters = ["status", "provider"] as const;

export type InboundLogProps = {
  page: { items: InboundWebhook[]; next_cursor: string | null };
  /** Whether it begins with the newest. */
  isFirst: boolean;
  mayWrite: boolean;
};

/** What providers have told, newest first, with the payload and another try. */
export function InboundLog({ page, isFirst, mayWrite }: InboundLogProps) {
  const list = useListUrl({ filters, perPage: 50 });
  const { show, id, open, close } = useDialogUrl();
  const { act } = useAct();
  const replay = (event: InboundWebhook) =>
    act(
      () =>
        call(inboundApi.replay, { params: { inbound_webhook_id: event.id } }),
      {
        done: `${event.type} is tried again`,
        failed: "It was not tried again",
      },
    );
  return (
    <>
      <DataTable
        label="Webhooks"
        columns={columns}
        rows={page.items}
        rowId={(event) => event.id}
        rowLabel={({ type }) => type}
        rowActions={(event) =>
          actionsOf(
            mayWrite,
            () => void open("event", { id: event.id }),
            () => void replay(event),
          )
        }
        isLoading={list.isPending}
        toolbar={<Filters list={list} />}
        empty={<Empty list={list} isFirst={isFirst} />}
        footer={<Further list={list} page={page} isFirst={isFirst} />}
      />
      {show === "event" && id ? (
        <InboundDialog id={id} onClose={() => void close()} />
      ) : null}
    </>
  );
}

const columns: Column<InboundWebhook>[] = [
  {
    id: "type",
    header: "Event",
    cell: ({ type }) => (
      <span className="font-mono text-xs break-all">{type}</span>
    ),
  },
  {
    id: "provider",
    header: "Provider",
    cell: ({ provider }) => providerText[provider],
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "why",
    header: "Why",
    cell: ({ last_error, attempts }) => (
      <span
        className="block max-w-72 truncate text-xs text-ink-muted"
        title={last_error ?? undefined}
      >
        {last_error ?? (attempts > 1 ? `After ${attempts} tries` : "–")}
      </span>
    ),
  },
  {
    id: "at",
    header: "Received",
    cell: ({ received_at }) => <Time value={received_at} />,
  },
  {
    id: "event_id",
    header: "Provider’s id",
    isHidden: true,
    cell: ({ event_id }) => <CopyableId id={event_id} label="event id" />,
  },
];

function actionsOf(
  mayWrite: boolean,
  onView: () => void,
  onReplay: () => void,
): MenuEntry[] {
  const view: MenuEntry = {
    id: "view",
    label: "View payload…",
    icon: <Braces />,
    onAction: onView,
  };
  if (!mayWrite) return [view];
  const again: MenuEntry = {
    id: "replay",
    label: "Process again",
    icon: <RotateCw />,
    onAction: onReplay,
  };
  return [view, again];
}

type List = { list: ListUrl };

function Filters({ list }: List) {
  return (
    <ListFilters
      list={list}
      filters={[
        {
          id: "status",
          label: "Status",
          options: inboundStates.map((id) => ({ id, label: statusWord(id) })),
        },
        {
          id: "provider",
          label: "Provider",
          options: hostedNames.map((id) => ({ id, label: providerText[id] })),
        },
      ]}
    />
  );
}

function Further({
  list,
  page,
  isFirst,
}: List & Pick<InboundLogProps, "page" | "isFirst">) {
  if (isFirst && !page.next_cursor) return null;
  const href = (cursor: string | null) => {
    const given = filters.flatMap((name) => {
      const value = list.filters[name];
      return value ? [[name, value]] : [];
    });
    const query = new URLSearchParams([
      ...given,
      ...(cursor ? [["cursor", cursor]] : []),
    ]);
    return `/webhooks?${query.toString()}`;
  };
  return (
    <nav aria-label="Pages" className="flex justify-end gap-2 p-2">
      {isFirst ? null : <LinkButton href={href(null)}>Newest</LinkButton>}
      {page.next_cursor ? (
        <LinkButton href={href(page.next_cursor)}>Older</LinkButton>
      ) : null}
    </nav>
  );
}

function Empty({ list, isFirst }: List & { isFirst: boolean }) {
  return (
    <ListEmpty
      list={list}
      page={{ total: 0 }}
      things="events"
      hint="Other filters may find some."
    >
      <EmptyState
        icon={<Webhook />}
        title={isFirst ? "No events yet" : "No older events"}
        description="Once a payment provider is set up, what it tells this app is listed here. Settings → Integrations says how."
      />
    </ListEmpty>
  );
}
