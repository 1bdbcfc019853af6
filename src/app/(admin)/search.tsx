"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { Permission } from "@/shared/permissions";
import { useWanted } from "@/ui/overlays/use-wanted";
import { SearchTrigger } from "@/ui/shell/search-trigger";

// The palette, what it lists and the contracts it searches by come when they are first wanted.
const Palette = dynamic(() => import("./palette"), { ssr: false });

/** The search of the top bar, and the palette it opens. */
export function Search({
  permissions,
}: {
  permissions: readonly Permission[];
}) {
  const [isOpen, setOpen] = useState(false);
  const isWanted = useWanted(isOpen);
  return (
    <>
      <SearchTrigger onOpen={() => setOpen(true)} />
      {isWanted ? (
        <Palette
          isOpen={isOpen}
          onOpenChange={setOpen}
          permissions={permissions}
        />
      ) : null}
    </>
  );
}
