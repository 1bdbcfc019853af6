"use client";

import { CircleStop, History, PencilLine, Plus, Tags } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { Page } from "@/shared/page";
import { Button } from "@/ui/controls/button";
import type { MenuEntry } from "@/ui/overlays/menu";
import { includeFilter } from "@/ui/table/list-parts";
import { ListTable } from "@/ui/table/list-table";
import type { Price } from "../contract";
import { priceColumns } from "./price-columns";
import { priceName } from "./price-words";

const PriceDialogs = dynamic(() => import("./price-dialogs"), { ssr: false });

const past = includeFilter("include_past", "Past prices");

export type PriceListProps = {
  page: Page<Price>;
  /** Every provider that has a price, for the filter. */
  providers: readonly string[];
  mayWrite: boolean;
};

/** The price book: search, filters and dialogs live in the URL. */
export function PriceList({ page, providers, mayWrite }: PriceListProps) {
  const { show, open } = useDialogUrl();
  return (
    <>
      <ListTable
        things="prices"
        page={page}
        columns={priceColumns}
        rowLabel={priceName}
        rowActions={(price) =>
          actionsOf(
            price,
            mayWrite,
            (dialog) => void open(dialog, { id: price.id }),
          )
        }
        search="Model or provider"
        filters={[
          {
            id: "provider",
            label: "Provider",
            options: providers.map((name) => ({ id: name, label: name })),
          },
          past,
        ]}
        hint="Prices that have ended are only shown when you ask for them."
        empty={{
          icon: <Tags />,
          title: "No prices in force",
          description:
            "A price says what a provider’s tokens, calls or units cost you, and from when. Usage without one is flagged as unpriced.",
        }}
        action={mayWrite ? <NewPrice /> : null}
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
