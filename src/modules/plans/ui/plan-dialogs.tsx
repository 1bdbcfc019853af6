"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import { NewPlanDialog } from "./plan-form-dialog";

/** `?show=new-plan`. */
export default function PlanDialogs() {
  const { show, close } = useDialogUrl();
  if (show !== "new-plan") return null;
  return <NewPlanDialog onClose={() => void close()} />;
}
