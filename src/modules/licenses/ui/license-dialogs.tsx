"use client";

import { QueryProvider } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { JsonDialog } from "@/ui/overlays/json-dialog";
import type { License } from "../contract";
import { EditLicenseDialog } from "./edit-license-dialog";
import { LicenseFileDialog } from "./license-file-dialog";
import { RenewDialog } from "./renew-dialog";
import { StandingDialog, standingOf } from "./standing-dialog";
import { TransferDialog } from "./transfer-dialog";

export type LicenseDialogsProps = { license: License; mayWrite: boolean };

/** `?show=edit|renew|suspend|reinstate|transfer|revoke|file|json`. */
export default function LicenseDialogs(props: LicenseDialogsProps) {
  return (
    <QueryProvider>
      <Shown {...props} />
    </QueryProvider>
  );
}

export type LicenseDialogProps = {
  license: License;
  onClose: () => void;
  /** Closes it, and renews the page. */
  onDone: () => Promise<void>;
};

function Shown({ license, mayWrite }: LicenseDialogsProps) {
  const { show, close } = useDialogUrl();
  const onClose = () => void close();
  const onDone = useDone();
  const given = { license, onClose, onDone };
  if (show === "json")
    return (
      <JsonDialog
        isOpen
        onOpenChange={onClose}
        title={`${license.name} as JSON`}
        value={license}
      />
    );
  if (show === "file" && license.status === "active")
    return <LicenseFileDialog {...given} />;
  if (!mayWrite || license.status === "revoked") return null;
  if (show === "edit") return <EditLicenseDialog {...given} />;
  if (show === "renew" && license.status !== "pending")
    return <RenewDialog {...given} />;
  if (show === "transfer") return <TransferDialog {...given} />;
  const standing = standingOf(show, license);
  return standing ? <StandingDialog {...given} {...standing} /> : null;
}
