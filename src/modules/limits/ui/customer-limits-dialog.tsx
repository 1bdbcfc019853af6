"use client";

import { call } from "@/client/call";
import { toast } from "@/ui/display/toaster";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { limitsApi, type LimitsInput } from "../contract";
import { LimitsEditor } from "./limits-editor";

export type CustomerLimitsDialogProps = {
  customer: { id: string; name: string };
  onClose: () => void;
  onSaved: () => Promise<void> | void;
};

/** Sets how many calls a customer may make in each of the five windows. */
export function CustomerLimitsDialog({
  customer,
  onClose,
  onSaved,
}: CustomerLimitsDialogProps) {
  const params = { customer_id: customer.id };
  const title = `Limits of ${customer.name}`;
  async function save(body: LimitsInput, words: string) {
    await call(limitsApi.set, { params, body });
    await onSaved();
    toast.success(words);
  }
  return (
    <ReadDialog
      endpoint={limitsApi.get}
      input={{ params }}
      title={title}
      failure="The limits could not be loaded"
      rows={5}
      onClose={onClose}
    >
      {({ base, source, plan }) => (
        <LimitsEditor
          title={title}
          description={
            source === "customer"
              ? "This customer has limits of its own."
              : `The limits of ${source === "plan" ? `the plan ${plan ?? ""}`.trim() : "everybody"} are in force. Saving gives this customer limits of its own.`
          }
          limits={base}
          note="Calls of all its keys count together."
          send={(body) => save(body, `Limits of ${customer.name} saved`)}
          reset={
            source === "customer"
              ? {
                  label: plan ? "Back to the plan’s" : "Back to defaults",
                  send: () =>
                    save({}, `${customer.name} has no limits of its own`),
                }
              : null
          }
          onClose={onClose}
        />
      )}
    </ReadDialog>
  );
}
