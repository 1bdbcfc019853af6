"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/ui/controls/button";

const TokenDialog = dynamic(() => import("./token-dialog"), { ssr: false });

/** A button that issues a service token for the seller's program. */
export function IssueToken() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onPress={() => setOpen(true)}>Issue service token</Button>
      {isOpen ? <TokenDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}
