"use client";

import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { OnePlanDialogsProps } from "./one-plan-dialogs";

const OnePlanDialogs = dynamic(() => import("./one-plan-dialogs"), {
  ssr: false,
});

/** The dialog that the address names, if it names one. */
export function PlanOpenDialogs(props: OnePlanDialogsProps) {
  const { show } = useDialogUrl();
  return show ? <OnePlanDialogs {...props} /> : null;
}
