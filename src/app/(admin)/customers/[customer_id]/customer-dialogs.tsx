"use client";

import { useRouter } from "next/navigation";
import { useQueryState } from "nuqs";
import { useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import type { Customer } from "@/modules/customers/contract";
import { DeleteCustomerDialog } from "@/modules/customers/ui/delete-customer-dialog";
import { EditCustomerDialog } from "@/modules/customers/ui/edit-customer-dialog";
import { RenewAccessDialog } from "@/modules/customers/ui/renew-access-dialog";
import { ViewAsDialog } from "@/modules/customers/ui/view-as-dialog";
import { useStatusChange } from "@/modules/customers/ui/use-status-change";
import { keysApi } from "@/modules/keys/contract";
import { IssueKeyDialog } from "@/modules/keys/ui/issue-key-dialog";
import { AdjustBalanceDialog } from "@/modules/ledger/ui/adjust-balance-dialog";
import { AddLicenseDialog } from "@/modules/licenses/ui/add-license-dialog";
import {
  BoostDialog,
  type BoostDialogProps,
} from "@/modules/limits/ui/boost-dialog";
import { CustomerLimitsDialog } from "@/modules/limits/ui/customer-limits-dialog";
import { CustomerFeaturesDialog } from "@/modules/limits/ui/features-dialogs";
import { CustomerQuotasDialog } from "@/modules/limits/ui/quotas-dialogs";
import { EraseCustomerDialog } from "@/modules/privacy/ui/erase-customer-dialog";
import { KeepCustomerDialog } from "@/modules/privacy/ui/keep-customer-dialog";
import { OpenSubscriptionDialog } from "@/modules/subscriptions/ui/open-subscription-dialog";
import { NewTicketDialog } from "@/modules/support/ui/new-ticket-dialog";
import { JsonDialog } from "@/ui/overlays/json-dialog";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import type { Allowed } from "./customer-actions";
import { KeyDialogs } from "@/app/key-dialogs";

export type CustomerDialogsProps = { customer: Customer; allowed: Allowed };

/** The dialogs of a customer's page, by `?show=`; those that the role may not use stay shut. */
export default function CustomerDialogs({
  customer,
  allowed,
}: CustomerDialogsProps) {
  const { show, id, close } = useDialogUrl();
  const done = useDone(useRefresh());
  const onClose = () => void close();
  switch (show) {
    case "json":
      return (
        <JsonDialog
          isOpen
          onOpenChange={onClose}
          title={customer.name}
          value={customer}
        />
      );
    case "view-as":
      return <ViewAsDialog {...{ customer, onClose }} />;
    case "edit":
      return allowed.customers ? (
        <EditCustomerDialog {...{ customer, onClose }} onSaved={done} />
      ) : null;
    case "renew":
      return allowed.customers ? (
        <RenewAccessDialog {...{ customer, onClose }} onSaved={done} />
      ) : null;
    case "delete":
      return allowed.customers ? <Delete customer={customer} /> : null;
    case "erase":
      return allowed.erase ? (
        <EraseCustomerDialog {...{ customer, onClose }} onAsked={done} />
      ) : null;
    case "keep":
      return allowed.customers ? (
        <KeepCustomerDialog {...{ customer, onClose }} onKept={done} />
      ) : null;
    case "limits":
      return allowed.customers ? (
        <CustomerLimitsDialog {...{ customer, onClose }} onSaved={done} />
      ) : null;
    case "quotas":
      return allowed.customers ? (
        <CustomerQuotasDialog {...{ customer, onClose }} onSaved={done} />
      ) : null;
    case "features":
      return allowed.customers ? (
        <CustomerFeaturesDialog {...{ customer, onClose }} onSaved={done} />
      ) : null;
    case "boost":
      return allowed.customers ? (
        <Boost {...{ customer, onClose }} onSaved={done} />
      ) : null;
    case "balance":
      return allowed.billing ? (
        <AdjustBalanceDialog {...{ customer, onClose }} onSaved={done} />
      ) : null;
    case "add-license":
      return allowed.licenses ? (
        <AddLicenseDialog
          {...{ customer, onClose }}
          onDone={done}
          mayBill={allowed.billing}
        />
      ) : null;
    case "new-ticket":
      return allowed.support ? (
        <NewTicket {...{ customer, onClose }} aboutId={id} />
      ) : null;
    case "add-subscription":
      return allowed.billing ? (
        <OpenSubscriptionDialog {...{ customer, onClose }} onDone={done} />
      ) : null;
    case "issue-key":
      return allowed.keys ? (
        <IssueKeyDialog {...{ customer, onClose }} onDone={done} />
      ) : null;
    default:
      return allowed.keys ? <KeyDialogs /> : null;
  }
}

function Boost(props: Omit<BoostDialogProps, "keys">) {
  const { customer, onClose } = props;
  return (
    <ReadDialog
      endpoint={keysApi.listOfCustomer}
      input={{
        params: { customer_id: customer.id },
        query: { per_page: 100 },
      }}
      title={`Boost ${customer.name}`}
      failure="Its keys could not be loaded"
      rows={5}
      onClose={onClose}
    >
      {({ items }) => <BoostDialog {...props} keys={items} />}
    </ReadDialog>
  );
}

type NewTicketProps = {
  customer: Customer;
  aboutId: string | null;
  onClose: () => void;
};

// From a call that was refused, `?subject=` says why.
function NewTicket({ customer, aboutId, onClose }: NewTicketProps) {
  const [subject, setSubject] = useQueryState("subject");
  return (
    <NewTicketDialog
      customer={customer}
      initial={{
        about_id: aboutId,
        ...(subject && {
          subject: subject.slice(0, 200),
          category: "technical",
        }),
      }}
      onClose={() => {
        void setSubject(null);
        onClose();
      }}
    />
  );
}

function Delete({ customer }: { customer: Customer }) {
  const { close } = useDialogUrl();
  const router = useRouter();
  const changeStatus = useStatusChange();
  return (
    <DeleteCustomerDialog
      customer={customer}
      onClose={() => void close()}
      onDeleted={() => router.replace("/customers")}
      onArchive={() => {
        void close().then(() => changeStatus(customer, "archived"));
      }}
    />
  );
}
