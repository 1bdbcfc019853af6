"use client";

import { call } from "@/client/call";
import type { Key } from "@/modules/keys/contract";
import { keyQuotasApi } from "@/modules/keys/contract/quotas";
import type { QuotasInput } from "@/modules/limits/contract/quotas";
import { ownOf } from "@/modules/limits/ui/quota-values";
import { WithMeters } from "@/modules/limits/ui/quotas-dialogs";
import { QuotasEditor } from "@/modules/limits/ui/quotas-editor";
import { toast } from "@/ui/display/toaster";
import { ReadDialog } from "@/ui/overlays/read-dialog";

export type KeyQuotasDialogProps = {
  apiKey: Key;
  onClose: () => void;
  onSaved: () => Promise<void>;
};

/** Sets the quotas and the spend cap that a key has of its own. */
export function KeyQuotasDialog({
  apiKey,
  onClose,
  onSaved,
}: KeyQuotasDialogProps) {
  const params = { key_id: apiKey.id };
  const title = `Quotas of ${apiKey.name}`;
  async function send(body: QuotasInput) {
    await call(keyQuotasApi.set, { params, body });
    await onSaved();
    toast.success(`Quotas of ${apiKey.name} saved`);
  }
  return (
    <ReadDialog
      endpoint={keyQuotasApi.get}
      input={{ params }}
      failure="The quotas could not be loaded"
      rows={4}
      {...{ title, onClose }}
    >
      {(quotas) => (
        <WithMeters {...{ title, onClose }}>
          {(meters) => (
            <QuotasEditor
              description="They hold beside those of the customer, and go on with the key’s successors."
              own={ownOf(quotas, "key")}
              {...{ title, meters, send, onClose }}
            />
          )}
        </WithMeters>
      )}
    </ReadDialog>
  );
}
