"use client";

import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { CustomerDialogsProps } from "./customer-dialogs";

const CustomerDialogs = dynamic(() => import("./customer-dialogs"), {
  ssr: false,
});

/** The dialog that the address names, if it names one. */
export function Dialogs(props: CustomerDialogsProps) {
  const { show } = useDialogUrl();
  return show ? <CustomerDialogs {...props} /> : null;
}
