"use client";

import { useState } from "react";
import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { TextField } from "@/ui/forms/text-field";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { JsonDialog } from "@/ui/overlays/json-dialog";
import { tenantsApi, type Tenant } from "../contract";
import { EditTenantDialog } from "./edit-tenant-dialog";

export type TenantDialogsProps = {
  tenant: Tenant;
  mayWrite: boolean;
  mayInstall: boolean;
  mayBackUp: boolean;
  /** May suspend and take back, which a customer may not. */
  isStaff: boolean;
  /** May open tickets, of staff. */
  mayAsk?: boolean;
};

/** The dialogs of a tenant's page, by `?show=`. */
export default function TenantDialogs(props: TenantDialogsProps) {
  const { show, id, close } = useDialogUrl();
  const { tenant, mayWrite, mayInstall, mayBackUp, isStaff } = props;
  const onClose = () => void close();
  if (show === "json")
    return (
      <JsonDialog
        isOpen
        onOpenChange={onClose}
        title={tenant.name}
        value={tenant}
      />
    );
  if (show === "edit" && mayWrite)
    return <EditTenantDialog {...{ tenant, onClose }} />;
  if (show === "delete" && mayWrite) return <Delete tenant={tenant} />;
  if (show === "suspend" && mayWrite && isStaff)
    return <Suspend tenant={tenant} />;
  if (show === "uninstall" && mayInstall && id)
    return <Uninstall tenant={tenant} name={id} />;
  if (show === "restore" && mayBackUp && id)
    return <Restore tenant={tenant} backupId={id} />;
  return null;
}

function useAsk(work: () => Promise<unknown>, done: string) {
  const { close } = useDialogUrl();
  const renew = useDone();
  const confirm = useConfirm(async () => {
    await work();
    await renew();
    toast.success(done);
  });
  return { isOpen: true, onOpenChange: () => void close(), ...confirm };
}

function Delete({ tenant }: { tenant: Tenant }) {
  const params = { tenant_id: tenant.id };
  const ask = useAsk(
    () => call(tenantsApi.remove, { params }, { ifMatch: tenant }),
    `${tenant.name} is being deleted`,
  );
  return (
    <ConfirmDialog
      title={`Delete ${tenant.name}?`}
      description={`A tenant of ${tenant.customer_name}`}
      consequences={[
        "Nobody can open it any more, and its data is deleted.",
        "A last backup is made first, and kept for some weeks.",
        "Its subdomain is free for anybody afterwards.",
      ]}
      typeToConfirm={tenant.subdomain}
      confirmLabel="Delete tenant"
      tone="danger"
      {...ask}
    />
  );
}

function Suspend({ tenant }: { tenant: Tenant }) {
  const [reason, setReason] = useState("");
  const params = { tenant_id: tenant.id };
  const body = reason.trim() ? { reason: reason.trim() } : {};
  const ask = useAsk(
    () => call(tenantsApi.suspend, { params, body }, { ifMatch: tenant }),
    `${tenant.name} is suspended`,
  );
  return (
    <ConfirmDialog
      title={`Suspend ${tenant.name}?`}
      description={`A tenant of ${tenant.customer_name}`}
      consequences={[
        "Nobody can open it until you take that back; visitors are told that it is not available.",
        "Its data and its backups stay.",
      ]}
      confirmLabel="Suspend tenant"
      tone="danger"
      {...ask}
    >
      <TextField
        label="Reason"
        isOptional
        maxLength={500}
        autoComplete="off"
        description="The customer’s people read it; visitors do not."
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}

function Uninstall({ tenant, name }: { tenant: Tenant; name: string }) {
  const params = { tenant_id: tenant.id, module_name: name };
  const ask = useAsk(
    () => call(tenantsApi.uninstallModule, { params }),
    `${name} is being uninstalled`,
  );
  return (
    <ConfirmDialog
      title={`Uninstall ${name}?`}
      description={`A module of ${tenant.name}`}
      consequences={["What was entered in it is deleted with it."]}
      confirmLabel="Uninstall module"
      tone="danger"
      {...ask}
    />
  );
}

function Restore({ tenant, backupId }: { tenant: Tenant; backupId: string }) {
  const params = { tenant_id: tenant.id, backup_id: backupId };
  const ask = useAsk(
    () => call(tenantsApi.restore, { params }),
    `${tenant.name} is being restored`,
  );
  return (
    <ConfirmDialog
      title={`Restore ${tenant.name}?`}
      description="It becomes again what the backup has"
      consequences={[
        "What was changed since that backup is not in it any more.",
        "What is there now is backed up first, so that you can come back to it.",
        "For a moment nobody can work in it.",
      ]}
      typeToConfirm={tenant.subdomain}
      confirmLabel="Restore tenant"
      tone="danger"
      {...ask}
    />
  );
}
