"use client";

import { BookmarkPlus, Layers, Pencil, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { Menu, type MenuGroup } from "@/ui/overlays/menu";
import type { ListUrl } from "@/ui/table/list-parts";
import type { Segment } from "../contract/segments";
import { presentFilters, type FilterValues } from "./filters";

const SegmentDialogs = dynamic(() => import("./segment-dialogs"), {
  ssr: false,
});

export type SegmentMenuProps = {
  list: ListUrl;
  segments: readonly Segment[];
  mayWrite: boolean;
};

/** Saved sets of filters: choose one, save the present filters as one, rename, remove. */
export function SegmentMenu({ list, segments, mayWrite }: SegmentMenuProps) {
  const { show, open } = useDialogUrl();
  // Safe: useListUrl answers under the names it was given.
  const values = list.filters as FilterValues;
  const current = segments.find(({ id }) => id === values.segment);
  const present = presentFilters(values, list.search);
  const hasFilters = Object.keys(present).length > 0;
  if (segments.length === 0 && !(mayWrite && hasFilters)) return null;
  const groups = groupsOf({
    segments,
    current,
    choose: (id) => list.setOnly("segment", id),
    ...(mayWrite && {
      save: hasFilters ? () => void open("save-segment") : undefined,
      change: (show: string) => void open(show),
    }),
  });
  return (
    <>
      <Menu
        label="Segments"
        placement="bottom start"
        trigger={
          <Button size="sm" variant="ghost" icon={<Layers />}>
            Segments
          </Button>
        }
        items={groups}
      />
      {mayWrite && show?.endsWith("-segment") ? (
        <SegmentDialogs
          current={current}
          filters={{ ...current?.filters, ...present }}
          onChosen={(id) => list.setOnly("segment", id)}
        />
      ) : null}
    </>
  );
}

type Parts = {
  segments: readonly Segment[];
  current: Segment | undefined;
  choose: (id: string) => void;
  save?: (() => void) | undefined;
  change?: (show: string) => void;
};

function groupsOf({ segments, current, choose, save, change }: Parts) {
  const groups: MenuGroup[] = [
    {
      id: "Segments",
      items: segments.map(({ id, name }) => ({
        id,
        label: name,
        isCurrent: id === current?.id,
        onAction: () => choose(id),
      })),
    },
    {
      id: "Filters",
      items: save
        ? [
            {
              id: "save",
              label: "Save filters as a segment…",
              icon: <BookmarkPlus />,
              onAction: save,
            },
          ]
        : [],
    },
    {
      id: "Current",
      items:
        current && change
          ? [
              {
                id: "rename",
                label: `Rename ${current.name}…`,
                icon: <Pencil />,
                onAction: () => change("rename-segment"),
              },
              {
                id: "delete",
                label: `Delete ${current.name}…`,
                icon: <Trash2 />,
                tone: "danger",
                onAction: () => change("delete-segment"),
              },
            ]
          : [],
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
