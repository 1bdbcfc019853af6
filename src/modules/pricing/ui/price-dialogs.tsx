"use client";

import { QueryProvider, useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { pricingApi } from "../contract";
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
  const onClose = () => void close();
  const done = useDone(useRefresh());
  if (show === "new-price" && mayWrite)
    return <PriceFormDialog onClose={onClose} onSaved={done} />;
  if (!id || !show || !aboutOne.includes(show)) return null;
  return (
    <ReadDialog
      key={id}
      endpoint={pricingApi.get}
      input={{ params: { price_id: id } }}
      title="Price"
      size="sm"
      failure="This price could not be loaded"
      rows={2}
      onClose={onClose}
    >
      {(price) => {
        if (show === "price-history" || !mayWrite)
          return <PriceHistoryDialog price={price} onClose={onClose} />;
        return show === "change-price" ? (
          <PriceFormDialog price={price} onClose={onClose} onSaved={done} />
        ) : (
          <ClosePriceDialog price={price} onClose={onClose} onClosed={done} />
        );
      }}
    </ReadDialog>
  );
}
