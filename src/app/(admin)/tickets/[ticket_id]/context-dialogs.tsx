"use client";

import { useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { keysApi } from "@/modules/keys/contract";
import { AdjustBalanceDialog } from "@/modules/ledger/ui/adjust-balance-dialog";
import { BoostDialog } from "@/modules/limits/ui/boost-dialog";
import { ExtendDialog } from "@/modules/subscriptions/ui/time-dialogs";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import type { ContextCardProps } from "./context-card";

/** `?show=balance|boost|extend`: what solves a ticket, without leaving it. */
export default function ContextDialogs({
  context: { customer, subscription },
  allowed,
}: ContextCardProps) {
  const { show, close } = useDialogUrl();
  const onClose = () => void close();
  const done = useDone(useRefresh());
  if (show === "balance" && allowed.credit)
    return <AdjustBalanceDialog {...{ customer, onClose }} onSaved={done} />;
  if (show === "extend" && allowed.credit && subscription)
    return <ExtendDialog {...{ subscription, onClose }} onDone={done} />;
  if (show === "boost" && allowed.boost)
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
        {({ items }) => (
          <BoostDialog {...{ customer, onClose }} keys={items} onSaved={done} />
        )}
      </ReadDialog>
    );
  return null;
}
