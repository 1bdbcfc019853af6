"use client";

import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { DetailsSkeleton } from "@/ui/display/skeletons";
import { toast } from "@/ui/display/toaster";
import { Dialog } from "@/ui/overlays/dialog";
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
  const { data, error, refetch, isFetching } = useRead(limitsApi.get, {
    params,
  });
  const title = `Limits of ${customer.name}`;
  if (!data)
    return (
      <Dialog isOpen onOpenChange={onClose} title={title}>
        {error ? (
          <ErrorState
            title="The limits could not be loaded"
            description={failureOf(error).message}
            requestId={failureOf(error).requestId}
            onRetry={() => void refetch()}
            isRetrying={isFetching}
          />
        ) : (
          <DetailsSkeleton rows={5} />
        )}
      </Dialog>
    );
  async function save(body: LimitsInput, words: string) {
    await call(limitsApi.set, { params, body });
    await onSaved();
    toast.success(words);
  }
  const isOwn = data.source === "customer";
  return (
    <LimitsEditor
      title={title}
      description={
        isOwn
          ? "This customer has limits of its own."
          : "The defaults are in force. Saving gives this customer limits of its own."
      }
      limits={data.limits}
      note="Calls of all its keys count together."
      send={(body) => save(body, `Limits of ${customer.name} saved`)}
      reset={
        isOwn
          ? {
              label: "Back to defaults",
              send: () => save({}, `${customer.name} has the default limits`),
            }
          : null
      }
      onClose={onClose}
    />
  );
}
