"use client";

import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { DetailsSkeleton } from "@/ui/display/skeletons";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { Dialog } from "@/ui/overlays/dialog";
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
  const { data, error, refetch, isFetching } = useRead(pricingApi.list, {
    query: { provider, model, include_past: true, per_page: 100 },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Prices of ${provider}, ${modelText(price).toLowerCase()}`}
      description="In USD, by when they hold. Usage keeps the price that was in force at its time."
    >
      {data ? (
        <History prices={data.items} />
      ) : error ? (
        <ErrorState
          title="The history could not be loaded"
          description={failureOf(error).message}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <DetailsSkeleton rows={3} />
      )}
    </Dialog>
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
