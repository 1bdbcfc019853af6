"use client";

import { call } from "@/client/call";
import { toast } from "@/ui/display/toaster";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { featuresApi, type FeaturesInput } from "../contract/features";
import { FeaturesEditor } from "./features-editor";

export type CustomerFeaturesDialogProps = {
  customer: { id: string; name: string };
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

const failure = "The features could not be loaded";

/** Sets a customer's own features. */
export function CustomerFeaturesDialog({
  customer,
  onClose,
  onSaved,
}: CustomerFeaturesDialogProps) {
  const params = { customer_id: customer.id };
  const title = `Features of ${customer.name}`;
  async function send(body: FeaturesInput) {
    await call(featuresApi.set, { params, body });
    await onSaved();
    toast.success(`Features of ${customer.name} saved`);
  }
  return (
    <ReadDialog
      endpoint={featuresApi.get}
      input={{ params }}
      {...{ title, failure, onClose }}
      rows={3}
    >
      {({ features }) => (
        <FeaturesEditor
          description="What it has of its own. A feature that is not here is as its plan or the default says."
          own={features.filter(({ source }) => source === "customer")}
          {...{ title, send, onClose }}
        />
      )}
    </ReadDialog>
  );
}

/** Sets the features of customers whose plan does not say otherwise. */
export function DefaultFeaturesDialog({
  onClose,
  onSaved,
}: Omit<CustomerFeaturesDialogProps, "customer">) {
  const title = "Default features";
  async function send(body: FeaturesInput) {
    await call(featuresApi.setDefault, { body });
    await onSaved();
    toast.success("Default features saved");
  }
  return (
    <ReadDialog
      endpoint={featuresApi.getDefault}
      input={{}}
      {...{ title, failure, onClose }}
      rows={3}
    >
      {({ features }) => (
        <FeaturesEditor
          description="For customers whose plan does not say otherwise."
          own={features}
          {...{ title, send, onClose }}
        />
      )}
    </ReadDialog>
  );
}
