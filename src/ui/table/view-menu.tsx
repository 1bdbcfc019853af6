"use client";

import { SlidersHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { Button } from "../controls/button";
import { Skeleton } from "../display/skeletons";
import { Popover } from "../overlays/popover";
import type { ViewOptionsProps } from "./view-options";

const ViewOptions = dynamic(() => import("./view-options"), {
  ssr: false,
  loading: () => <Skeleton className="m-3 h-48 w-54" />,
});

/** How the table looks: its columns, its density and, on phones, its order. */
export function ViewMenu(props: ViewOptionsProps) {
  return (
    <Popover
      label="View"
      placement="bottom end"
      className=""
      trigger={
        <Button size="sm" variant="ghost" icon={<SlidersHorizontal />}>
          View
        </Button>
      }
    >
      <ViewOptions {...props} />
    </Popover>
  );
}
