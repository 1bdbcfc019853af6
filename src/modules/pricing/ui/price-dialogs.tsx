"use client";

import type { ReactNode } from "react";
import { failureOf } from "@/client/failure";
import { QueryProvider, useRead, useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { ErrorState } from "@/ui/display/error-state";
import { DetailsSkeleton } from "@/ui/display/skeletons";
import { Dialog } from "@/ui/overlays/dialog";
import { pricingApi, type Price } from "../contract";
import { ClosePriceDialog } from "./close-price-dialog";
import { PriceFormDialog } from "./price-form-dialog";
import { PriceHistoryDialog } from "./price-history-dialog";

/** `?show=new-price`, and `?show=change-price|close-price|price-history&id=prc_…`. */
export default function PriceDialogs(props: { mayWrite: boolean }) {
  return (
    <QueryProvider>
      <OpenDialog {...props} />
    </QueryProvider>
  );
}

const aboutOne = ["change-price", "close-price", "price-history"];

function OpenDialog({ mayWrite }: { mayWrite: boolean }) {
  const { show, id, close } = useDialogUrl();
  const refresh = useRefresh();
  const onClose = () => void close();
  async function done() {
    await close();
    refresh();
  }
  if (show === "new-price" && mayWrite)
    return <PriceFormDialog onClose={onClose} onSaved={done} />;
  if (!id || !show || !aboutOne.includes(show)) return null;
  return (
    <WithPrice key={id} id={id} onClose={onClose}>
      {(price) => {
        if (show === "price-history" || !mayWrite)
          return <PriceHistoryDialog price={price} onClose={onClose} />;
        return show === "change-price" ? (
          <PriceFormDialog price={price} onClose={onClose} onSaved={done} />
        ) : (
          <ClosePriceDialog price={price} onClose={onClose} onClosed={done} />
        );
      }}
    </WithPrice>
  );
}

type WithPriceProps = {
  id: string;
  onClose: () => void;
  children: (price: Price) => ReactNode;
};

/** A dialog about a price, which is loaded first. */
function WithPrice({ id, onClose, children }: WithPriceProps) {
  const { data, error, refetch, isFetching } = useRead(pricingApi.get, {
    params: { price_id: id },
  });
  if (data) return children(data);
  return (
    <Dialog isOpen onOpenChange={onClose} title="Price" size="sm">
      {error ? (
        <ErrorState
          title="This price could not be loaded"
          description={failureOf(error).message}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <DetailsSkeleton rows={2} />
      )}
    </Dialog>
  );
}
