"use client";

import { CircleStop, History, PencilLine, Plus, Tags } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState } from "@/ui/display/empty-state";
import type { MenuEntry } from "@/ui/overlays/menu";
import { DataTable } from "@/ui/table/data-table";
import {
  includeFilter,
  ListEmpty,
  ListFilters,
  ListPages,
  ListSearch,
  type ListUrl,
} from "@/ui/table/list-parts";
import { useListUrl } from "@/ui/table/use-list-url";
import type { Price } from "../contract";
import { priceColumns } from "./price-columns";
import { priceName } from "./price-words";

const PriceDialogs = dynamic(() => import("./price-dialogs"), { ssr: false });

const filters = ["provider", "include_past"] as const;

export type PriceListProps = {
  page: Page<Price>;
  /** Every provider that has a price, for the filter. */
  providers: readonly string[];
  mayWrite: boolean;
};

/** The price book: search, filters and dialogs live in the URL. */
export function PriceList({ page, providers, mayWrite }: PriceListProps) {
  const list = useListUrl({ filters, perPage: 50 });
  const { show, open } = useDialogUrl();
  return (
    <>
      <DataTable
        label="Prices"
        columns={priceColumns}
        rows={page.items}
        rowId={({ id }) => id}
        rowLabel={priceName}
        rowActions={(price) =>
          actionsOf(
            price,
            mayWrite,
            (dialog) => void open(dialog, { id: price.id }),
          )
        }
        isLoading={list.isPending}
        toolbar={<Toolbar list={list} providers={providers} />}
        empty={<Empty list={list} page={page} mayWrite={mayWrite} />}
        footer={<ListPages list={list} page={page} />}
      />
      {show ? <PriceDialogs mayWrite={mayWrite} /> : null}
    </>
  );
}

/** Opens the dialog for a new price. */
export function NewPrice() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("new-price")}
    >
      New price
    </Button>
  );
}

function actionsOf(
  { status }: Price,
  mayWrite: boolean,
  open: (dialog: string) => void,
): MenuEntry[] {
  const history: MenuEntry = {
    id: "history",
    label: "History…",
    icon: <History />,
    onAction: () => open("price-history"),
  };
  if (!mayWrite) return [history];
  const change: MenuEntry = {
    id: "change",
    label: "Change price…",
    icon: <PencilLine />,
    onAction: () => open("change-price"),
  };
  if (status === "past" || status === "withdrawn") return [change, history];
  const close: MenuEntry = {
    id: "close",
    label: status === "scheduled" ? "Withdraw…" : "Close price…",
    icon: <CircleStop />,
    tone: "danger",
    onAction: () => open("close-price"),
  };
  return [change, history, close];
}

type List = { list: ListUrl };

function Toolbar({
  list,
  providers,
}: List & Pick<PriceListProps, "providers">) {
  return (
    <>
      <ListSearch list={list} things="prices" placeholder="Model or provider" />
      <ListFilters
        list={list}
        filters={[
          {
            id: "provider",
            label: "Provider",
            options: providers.map((name) => ({ id: name, label: name })),
          },
          includeFilter(list, "include_past", "Past prices"),
        ]}
      />
    </>
  );
}

function Empty({
  list,
  page,
  mayWrite,
}: List & { page: Page<unknown>; mayWrite: boolean }) {
  return (
    <ListEmpty
      list={list}
      page={page}
      things="prices"
      hint="Prices that have ended are only shown when you ask for them."
    >
      <EmptyState
        icon={<Tags />}
        title="No prices in force"
        description="A price says what a provider’s tokens, calls or units cost you, and from when. Usage without one is flagged as unpriced."
        action={mayWrite ? <NewPrice /> : null}
      />
    </ListEmpty>
  );
}
