"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import { NewPlanDialog } from "./plan-form-dialog";
import { StartersDialog } from "./starters-dialog";

/** `?show=new-plan` and `?show=starter-plans`. */
export default function PlanDialogs() {
  const { show, close } = useDialogUrl();
  if (show === "starter-plans") return <StartersDialog onClose={close} />;
  if (show !== "new-plan") return null;
  return <NewPlanDialog onClose={() => void close()} />;
}
