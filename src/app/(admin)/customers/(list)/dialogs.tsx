"use client";

import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { ListDialogsProps } from "./list-dialogs";

// Forms and contracts come with the first dialog, not with the list.
const ListDialogs = dynamic(() => import("./list-dialogs"), { ssr: false });

/** The dialog that the address names, if it names one. */
export function Dialogs(props: ListDialogsProps) {
  const { show } = useDialogUrl();
  return show ? <ListDialogs {...props} /> : null;
}
