"use client";

import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { Dialog } from "@/ui/overlays/dialog";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { pricingApi, type Price } from "../contract";
import { contextText, modelText, rateLines } from "./price-words";

/** Every price that a model had, has and will have, the newest first. */
export function PriceHistoryDialog({
  price,
  onClose,
}: {
  price: Price;
  onClose: () => void;
}) {
  const { provider, model } = price;
  const title = `Prices of ${provider}, ${modelText(price).toLowerCase()}`;
  return (
    <ReadDialog
      endpoint={pricingApi.list}
      input={{
        query: { provider, model, include_past: true, per_page: 100 },
      }}
      title={title}
      failure="The history could not be loaded"
      rows={3}
      onClose={onClose}
    >
      {({ items }) => (
        <Dialog
          isOpen
          onOpenChange={onClose}
          title={title}
          description="In USD, by when they hold. Usage keeps the price that was in force at its time."
        >
          <History prices={items} />
        </Dialog>
      )}
    </ReadDialog>
  );
}

function History({ prices }: { prices: readonly Price[] }) {
  const newestFirst = [...prices].sort((a, b) =>
    b.effective_from.localeCompare(a.effective_from),
  );
  return (
    <ol className="flex flex-col divide-y rounded-lg border">
      {newestFirst.map((price) => (
        <li key={price.id} className="flex flex-col gap-1 px-4 py-3">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
            <StatusBadge status={price.status} />
            <span>
              From <Time value={price.effective_from} /> until{" "}
              <Time value={price.effective_to} empty="further notice" />
            </span>
            <span className="text-ink-muted">{contextText(price)}</span>
          </div>
          <p className="text-sm tabular-nums">{rateLines(price).join(" · ")}</p>
          <p className="text-xs break-words text-ink-faint">
            {price.source}
            {price.created_by
              ? ` · entered by ${price.created_by}`
              : " · came with the app"}
          </p>
        </li>
      ))}
    </ol>
  );
}
