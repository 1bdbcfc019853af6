"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { licensesApi, type License } from "../contract";
import type { LicenseDialogProps } from "./license-dialogs";

type Standing = {
  endpoint: "suspend" | "reinstate" | "revoke";
  title: string;
  confirmLabel: string;
  tone: "danger" | "primary";
  consequences: string[];
  done: string;
};

/** What is asked before a license stops, goes on or ends for good; null for anything else. */
export function standingOf(
  show: string | null,
  { name, status, customer_name }: License,
): Standing | null {
  if (show === "suspend" && (status === "active" || status === "pending"))
    return {
      endpoint: "suspend",
      title: `Suspend ${name}?`,
      confirmLabel: "Suspend license",
      tone: "danger",
      consequences: [
        `Software of ${customer_name} that asks about it is told so at once.`,
        "Where it is activated stays; its end does not wait.",
        "Offline files that were signed stay good until their end.",
      ],
      done: `${name} is suspended`,
    };
  if (show === "reinstate" && status === "suspended")
    return {
      endpoint: "reinstate",
      title: `Reinstate ${name}?`,
      confirmLabel: "Reinstate license",
      tone: "primary",
      consequences: [
        "It is valid again where it was activated.",
        "If its end has passed meanwhile, it is expired.",
      ],
      done: `${name} is reinstated`,
    };
  if (show === "revoke")
    return {
      endpoint: "revoke",
      title: `Revoke ${name}?`,
      confirmLabel: "Revoke license",
      tone: "danger",
      consequences: [
        "It is never valid again, and is freed wherever it is used.",
        "Offline files that were signed stay good until their end.",
        "This cannot be undone. To stop it for a while, suspend it instead.",
      ],
      done: `${name} is revoked`,
    };
  return null;
}

/** Suspends, reinstates or revokes, once that is confirmed. */
export function StandingDialog({
  license,
  onClose,
  onDone,
  endpoint,
  done,
  ...words
}: LicenseDialogProps & Standing) {
  const [reason, setReason] = useState("");
  const params = { license_id: license.id };
  const confirm = useConfirm(async () => {
    const options = { ifMatch: license };
    const body = reason.trim() ? { reason: reason.trim() } : {};
    if (endpoint === "revoke")
      await call(licensesApi.revoke, { params }, options);
    else await call(licensesApi[endpoint], { params, body }, options);
    await onDone();
    toast.success(done);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      description={`A license of ${license.customer_name}`}
      {...words}
      {...(endpoint === "revoke" && { typeToConfirm: license.name })}
      {...confirm}
    >
      {endpoint === "revoke" ? null : (
        <TextField
          label="Reason"
          isOptional
          maxLength={500}
          autoComplete="off"
          description="For the log."
          value={reason}
          onChange={setReason}
        />
      )}
    </ConfirmDialog>
  );
}
