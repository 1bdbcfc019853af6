"use client";

import { SlidersHorizontal } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/ui/controls/button";
import { Skeleton } from "@/ui/display/skeletons";
import { Popover } from "@/ui/overlays/popover";
import type { RangeFormProps } from "./range-form";

const RangeForm = dynamic(() => import("./range-form"), {
  ssr: false,
  loading: () => <Skeleton className="h-80 w-64" />,
});

export type RangeFiltersProps = Omit<RangeFormProps, "onDone">;

/** Filters by when a customer joined and by money. */
export function RangeFilters(props: RangeFiltersProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover
      label="Filter by date and amount"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant="ghost" icon={<SlidersHorizontal />}>
          {props.withMoney ? "Date and amount" : "Date"}
        </Button>
      }
    >
      <RangeForm {...props} onDone={() => setOpen(false)} />
    </Popover>
  );
}
