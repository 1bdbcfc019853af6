"use client";

import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";

export type OpenDialogProps = {
  /** What follows `?show=`. */
  name: string;
  /** The one primary button of its page. */
  isPrimary?: boolean;
  children: ReactNode;
};

/** A button that opens one of the page's dialogs. */
export function OpenDialog({ name, isPrimary, children }: OpenDialogProps) {
  const { open } = useDialogUrl();
  return (
    <Button
      {...(isPrimary ? { variant: "primary", icon: <Plus /> } : { size: "sm" })}
      onPress={() => void open(name)}
    >
      {children}
    </Button>
  );
}
