"use client";

import type { ReactNode } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";

export type OpenDialogProps = {
  /** What follows `?show=`. */
  name: string;
  children: ReactNode;
};

/** A small button that opens one of the page's dialogs. */
export function OpenDialog({ name, children }: OpenDialogProps) {
  const { open } = useDialogUrl();
  return (
    <Button size="sm" onPress={() => void open(name)}>
      {children}
    </Button>
  );
}
