"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { devicesApi, domainsApi } from "../contract/places";
import { AddDeviceDialog, AddDomainDialog } from "./add-place-dialogs";

export type PlaceDialogsProps = {
  customerId: string;
  /** Of the one that the address names, if it is on the page. */
  name: string | null;
};

/** `?show=add-domain|add-device|remove-domain|remove-device`. */
export default function PlaceDialogs({ customerId, name }: PlaceDialogsProps) {
  const { show, id, close } = useDialogUrl();
  const onDone = useDone();
  const given = { customerId, onClose: () => void close(), onDone };
  if (show === "add-domain") return <AddDomainDialog {...given} />;
  if (show === "add-device") return <AddDeviceDialog {...given} />;
  if (!id || !name) return null;
  if (show === "remove-domain" || show === "remove-device")
    return (
      <RemoveDialog
        {...given}
        id={id}
        name={name}
        thing={show === "remove-domain" ? "domain" : "device"}
      />
    );
  return null;
}

export type PlaceDialogProps = {
  customerId: string;
  onClose: () => void;
  onDone: () => Promise<void>;
};

type RemoveProps = PlaceDialogProps & {
  id: string;
  name: string;
  thing: "domain" | "device";
};

function RemoveDialog(props: RemoveProps) {
  const { customerId: customer_id, id, name, thing, onClose, onDone } = props;
  const confirm = useConfirm(async () => {
    if (thing === "domain")
      await call(domainsApi.remove, { params: { customer_id, domain_id: id } });
    else
      await call(devicesApi.remove, { params: { customer_id, device_id: id } });
    await onDone();
    toast.success(`${name} is removed`);
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Remove ${name}?`}
      consequences={[
        `It is no longer a ${thing} of this customer. You can add it again.`,
      ]}
      confirmLabel={`Remove ${thing}`}
      {...confirm}
    />
  );
}
