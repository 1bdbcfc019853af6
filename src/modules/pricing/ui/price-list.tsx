"use client";

import { CircleStop, History, PencilLine, Plus, Tags } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import { EmptyState, NoMatch } from "@/ui/display/empty-state";
import { FilterChips } from "@/ui/display/filter-chips";
import { Pagination } from "@/ui/display/pagination";
import { SearchField } from "@/ui/forms/search-field";
import type { MenuEntry } from "@/ui/overlays/menu";
import { DataTable } from "@/ui/table/data-table";
import { useListUrl } from "@/ui/table/use-list-url";
import { useSearchText } from "@/ui/table/use-search-text";
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
        empty={<Empty list={list} total={page.total} mayWrite={mayWrite} />}
        footer={
          page.total > 0 ? (
            <Pagination
              page={page.page}
              perPage={page.per_page}
              total={page.total}
              isExact={page.total_is_exact}
              onPageChange={list.setPage}
              onPerPageChange={list.setPerPage}
            />
          ) : null
        }
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

type List = { list: ReturnType<typeof useListUrl> };

function Toolbar({
  list,
  providers,
}: List & Pick<PriceListProps, "providers">) {
  const [text, setText] = useSearchText(list.search, list.setSearch);
  return (
    <>
      <SearchField
        label="Search prices"
        placeholder="Model or provider"
        value={text}
        onChange={setText}
        hasShortcut
        className="w-full sm:w-64"
      />
      <FilterChips
        filters={[
          {
            id: "provider",
            label: "Provider",
            options: providers.map((name) => ({ id: name, label: name })),
            value: list.filters["provider"] ?? null,
          },
          {
            id: "include_past",
            label: "Past prices",
            options: [{ id: "true", label: "Shown too" }],
            value: list.filters["include_past"] === "true" ? "true" : null,
          },
        ]}
        onChange={list.setFilter}
        onClear={list.clear}
      />
    </>
  );
}

function Empty({
  list,
  total,
  mayWrite,
}: List & { total: number; mayWrite: boolean }) {
  if (total > 0)
    return (
      <NoMatch
        title="This page is past the end"
        description="There are fewer prices than that."
        action={<Button onPress={() => list.setPage(1)}>Go to page 1</Button>}
      />
    );
  if (list.hasFilters)
    return (
      <NoMatch
        title="No prices match"
        description="Prices that have ended are only shown when you ask for them."
        action={<Button onPress={list.clear}>Clear filters</Button>}
      />
    );
  return (
    <EmptyState
      icon={<Tags />}
      title="No prices in force"
      description="A price says what a provider’s tokens, calls or units cost you, and from when. Usage without one is flagged as unpriced."
      action={mayWrite ? <NewPrice /> : null}
    />
  );
}
