"use client";

import type { ReactNode } from "react";
import { call } from "@/client/call";
import { metersApi } from "@/modules/meters/contract";
import { toast } from "@/ui/display/toaster";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { quotasApi, type QuotasInput } from "../contract/quotas";
import { ownOf } from "./quota-values";
import { QuotasEditor, type KnownMeter } from "./quotas-editor";

export type CustomerQuotasDialogProps = {
  customer: { id: string; name: string };
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

const failure = "The quotas could not be loaded";

/** Sets a customer's own quotas and spend cap. */
export function CustomerQuotasDialog({
  customer,
  onClose,
  onSaved,
}: CustomerQuotasDialogProps) {
  const params = { customer_id: customer.id };
  const title = `Quotas of ${customer.name}`;
  async function send(body: QuotasInput) {
    await call(quotasApi.set, { params, body });
    await onSaved();
    toast.success(`Quotas of ${customer.name} saved`);
  }
  return (
    <ReadDialog
      endpoint={quotasApi.get}
      input={{ params }}
      {...{ title, failure, onClose }}
      rows={4}
    >
      {(quotas) => (
        <WithMeters title={title} onClose={onClose}>
          {(meters) => (
            <QuotasEditor
              title={title}
              description="What it has of its own. A meter that is not here is as its plan or the default says."
              own={ownOf(quotas, "customer")}
              {...{ meters, send, onClose }}
            />
          )}
        </WithMeters>
      )}
    </ReadDialog>
  );
}

/** Sets the quotas and spend cap of customers that have no others. */
export function DefaultQuotasDialog({
  onClose,
  onSaved,
}: Omit<CustomerQuotasDialogProps, "customer">) {
  const title = "Default quotas";
  async function send(body: QuotasInput) {
    await call(quotasApi.setDefault, { body });
    await onSaved();
    toast.success("Default quotas saved");
  }
  return (
    <ReadDialog
      endpoint={quotasApi.getDefault}
      input={{}}
      {...{ title, failure, onClose }}
      rows={4}
    >
      {(own) => (
        <WithMeters title={title} onClose={onClose}>
          {(meters) => (
            <QuotasEditor
              title={title}
              description="For customers that have no others, of their own or by their plan."
              {...{ own, meters, send, onClose }}
            />
          )}
        </WithMeters>
      )}
    </ReadDialog>
  );
}

export type WithMetersProps = {
  title: string;
  onClose: () => void;
  children: (meters: readonly KnownMeter[]) => ReactNode;
};

/** A dialog that needs to know which meters there are. */
export function WithMeters({ title, onClose, children }: WithMetersProps) {
  return (
    <ReadDialog
      endpoint={metersApi.list}
      input={{ query: { per_page: 100 } }}
      failure="The meters could not be loaded"
      rows={4}
      {...{ title, onClose }}
    >
      {({ items }) => children(items)}
    </ReadDialog>
  );
}
