"use client";

import type { ReactNode } from "react";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { keysApi, type Key } from "../contract";

export type WithKeyProps = {
  id: string;
  onClose: () => void;
  children: (key: Key) => ReactNode;
};

/** A dialog about a key, which is loaded first. */
export function WithKey({ id, ...rest }: WithKeyProps) {
  return (
    <ReadDialog
      endpoint={keysApi.get}
      input={{ params: { key_id: id } }}
      title="API key"
      size="sm"
      failure="This key could not be loaded"
      rows={2}
      {...rest}
    />
  );
}
