"use client";

import { QueryProvider, useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { AddLicenseDialog } from "./add-license-dialog";

export type AddAnyDialogProps = { mayBill: boolean };

/** The dialog of a page that reads nothing else in the browser. */
export default function AddAnyDialog(props: AddAnyDialogProps) {
  return (
    <QueryProvider>
      <Shown {...props} />
    </QueryProvider>
  );
}

function Shown({ mayBill }: AddAnyDialogProps) {
  const { close } = useDialogUrl();
  const done = useDone(useRefresh());
  return (
    <AddLicenseDialog
      mayBill={mayBill}
      onClose={() => void close()}
      onDone={done}
    />
  );
}
