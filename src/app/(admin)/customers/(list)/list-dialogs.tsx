"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { QueryProvider, useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { BatchDialog } from "@/modules/batches/ui/batch-dialog";
import { ImportDialog } from "@/modules/batches/ui/import-dialog";
import { ImportProgressDialog } from "@/modules/batches/ui/import-progress-dialog";
import type { Customer, NewCustomer } from "@/modules/customers/contract";
import { CreateCustomerDialog } from "@/modules/customers/ui/create-customer-dialog";
import { DeleteCustomerDialog } from "@/modules/customers/ui/delete-customer-dialog";
import { EditCustomerDialog } from "@/modules/customers/ui/edit-customer-dialog";
import { useStatusChange } from "@/modules/customers/ui/use-status-change";
import { WithCustomer } from "@/modules/customers/ui/with-customer";
import { KeySecretDialog } from "@/modules/keys/ui/key-secret-dialog";
import { DetailsDialog } from "./details-dialog";

export type ListDialogsProps = {
  /** The rows in sight, so that a dialog about one opens at once. */
  rows: readonly Customer[];
  mayWrite: boolean;
  mayIssue: boolean;
  withMoney: boolean;
};

/** The dialogs over the list: `?show=create`, and details, edit and delete of `&id=`. */
export default function ListDialogs(props: ListDialogsProps) {
  return (
    <QueryProvider>
      <Shown {...props} />
    </QueryProvider>
  );
}

function Shown(props: ListDialogsProps) {
  const { show, id, close } = useDialogUrl();
  if (show === "create")
    return props.mayWrite ? <Create mayIssue={props.mayIssue} /> : null;
  const onClose = () => void close();
  if (show === "import" && !id)
    return props.mayWrite ? <ImportDialog onClose={onClose} /> : null;
  if (!id) return null;
  if (show === "import")
    return (
      <ImportProgressDialog {...{ id, onClose }} mayWrite={props.mayWrite} />
    );
  if (show === "bulk") return <BatchDialog {...{ id, onClose }} />;
  return (
    <WithCustomer
      key={id}
      id={id}
      initial={props.rows.find((row) => row.id === id)}
      onClose={onClose}
    >
      {(customer) => <About {...props} customer={customer} />}
    </WithCustomer>
  );
}

function Create({ mayIssue }: Pick<ListDialogsProps, "mayIssue">) {
  const { close } = useDialogUrl();
  const router = useRouter();
  const [made, setMade] = useState<NewCustomer>();
  const [isLeaving, setLeaving] = useState(false);
  function leave({ id }: NewCustomer) {
    setLeaving(true);
    router.replace(`/customers/${id}`);
  }
  if (isLeaving) return null;
  if (made?.api_key)
    return (
      <KeySecretDialog issued={made.api_key} onClose={() => leave(made)} />
    );
  return (
    <CreateCustomerDialog
      mayIssue={mayIssue}
      onClose={() => void close()}
      onCreated={(customer) =>
        customer.api_key ? setMade(customer) : leave(customer)
      }
    />
  );
}

function About({
  customer,
  mayWrite,
  withMoney,
}: ListDialogsProps & { customer: Customer }) {
  const { show, close } = useDialogUrl();
  const done = useDone(useRefresh());
  const changeStatus = useStatusChange();
  const onClose = () => void close();
  if (show === "details")
    return <DetailsDialog {...{ customer, mayWrite, withMoney, onClose }} />;
  if (!mayWrite) return null;
  if (show === "edit")
    return <EditCustomerDialog {...{ customer, onClose }} onSaved={done} />;
  if (show === "delete")
    return (
      <DeleteCustomerDialog
        {...{ customer, onClose }}
        onDeleted={done}
        onArchive={() => {
          void close().then(() => changeStatus(customer, "archived"));
        }}
      />
    );
  return null;
}
