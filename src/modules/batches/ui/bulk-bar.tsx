"use client";

import { ListChecks, X } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/ui/controls/button";
import { IconButton } from "@/ui/controls/icon-button";
import { countText } from "@/ui/format/number";
import { Menu, type MenuGroup } from "@/ui/overlays/menu";
import type { BatchAction } from "../contract";
import { actionWords, customersText, type Chosen } from "./bulk-words";

const BulkDialog = dynamic(() => import("./bulk-dialog"), { ssr: false });

export type BulkBarProps = {
  /** The customers that are marked. */
  ids: ReadonlySet<string>;
  /** How many fit the search and the filters; more, when not exact. */
  total: number;
  isExact: boolean;
  /** The search and the filters as the API takes them. */
  filters: Record<string, string>;
  segment: string | null;
  onClear: () => void;
};

/** What can be done with the customers that are marked in the list, or with all that match. */
export default function BulkBar(selection: BulkBarProps) {
  const { ids, total, isExact, filters, segment, onClear } = selection;
  const place = JSON.stringify([filters, segment]);
  const [allOf, setAllOf] = useState<string>();
  const [action, setAction] = useState<BatchAction>();
  // With other filters on, "all" would be others.
  const isAll = allOf === place;
  const chosen: Chosen = isAll
    ? {
        which: { filters, ...(segment && { segment }) },
        count: total,
        isExact,
      }
    : { which: { customer_ids: [...ids] }, count: ids.size, isExact: true };
  return (
    <>
      <div
        role="region"
        aria-label="Marked customers"
        className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 self-center rounded-lg border bg-canvas p-2 pl-4 text-sm shadow-lg"
      >
        <span role="status" className="font-medium">
          {isAll
            ? `All ${customersText(chosen)} that match`
            : `${customersText(chosen)} marked`}
        </span>
        {!isAll && (total > ids.size || !isExact) ? (
          <Button size="sm" variant="ghost" onPress={() => setAllOf(place)}>
            {`Mark all ${isExact ? "" : "over "}${countText(total)} that match`}
          </Button>
        ) : null}
        <Menu
          label="Actions for the marked customers"
          placement="top end"
          trigger={
            <Button size="sm" variant="primary" icon={<ListChecks />}>
              Actions
            </Button>
          }
          items={groups(setAction)}
        />
        <IconButton
          label="Unmark all"
          icon={<X />}
          size="sm"
          onPress={onClear}
        />
      </div>
      {action ? (
        <BulkDialog
          action={action}
          chosen={chosen}
          onBegun={onClear}
          onClose={() => setAction(undefined)}
        />
      ) : null}
    </>
  );
}

function groups(onChoose: (action: BatchAction) => void): MenuGroup[] {
  const entry = (id: BatchAction) => {
    const { verb, tone } = actionWords[id];
    return {
      ...{ id, label: `${verb}…`, onAction: () => onChoose(id) },
      ...(tone && { tone }),
    };
  };
  return [
    { id: "Words", items: [entry("tag"), entry("untag"), entry("email")] },
    {
      id: "Status",
      items: [entry("activate"), entry("suspend"), entry("archive")],
    },
  ];
}
