"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { Button } from "@/ui/controls/button";
import { Link } from "@/ui/controls/link";
import { Callout } from "@/ui/display/callout";
import { Progress } from "@/ui/display/progress";
import { Skeleton } from "@/ui/display/skeletons";
import { countText } from "@/ui/format/number";
import { Dialog } from "@/ui/overlays/dialog";
import { batchesApi, type Batch, type BatchItem } from "../contract";
import { actionWords, customersText } from "./bulk-words";

const shown = 100;

export type BatchDialogProps = { id: string; onClose: () => void };

/** How far an act on many customers has come, and whom it could not be done to. */
export function BatchDialog({ id, onClose }: BatchDialogProps) {
  const router = useRouter();
  const [isOver, setOver] = useState(false);
  const read = useRead(
    batchesApi.get,
    { params: { batch_id: id }, query: { result: "refused", limit: shown } },
    isOver ? {} : { everyMs: 1_000 },
  );
  const batch = read.data;
  if (batch?.status === "done" && !isOver) setOver(true);
  useEffect(() => {
    if (isOver) router.refresh();
  }, [isOver, router]);
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={batch ? titleOf(batch) : "Bulk change"}
      footer={<Button onPress={onClose}>Close</Button>}
    >
      {read.error ? (
        <Callout tone="danger" title="It could not be seen how far it is">
          {failureOf(read.error).message}
        </Callout>
      ) : null}
      {batch ? (
        <div className="flex flex-col gap-4">
          <HowFar batch={batch} />
          <Refused batch={batch} items={batch.items} />
        </div>
      ) : read.error ? null : (
        <Skeleton className="h-24 w-full" />
      )}
    </Dialog>
  );
}

function titleOf({ action, status, total }: Batch): string {
  const { verb } = actionWords[action];
  if (status === "preparing") return `${verb} customers`;
  return `${verb} ${customersText({ count: total, isExact: true })}`;
}

function HowFar({ batch }: { batch: Batch }) {
  const { action, status, total, done, unchanged, refused } = batch;
  const settled = done + unchanged + refused;
  if (status === "preparing")
    return (
      <p role="status" className="text-sm text-ink-muted">
        {`Finding the customers: ${countText(total)} so far. You can close this; it goes on.`}
      </p>
    );
  const parts = [
    `${countText(done)} ${actionWords[action].done}`,
    ...(unchanged > 0 ? [`${countText(unchanged)} already so`] : []),
    ...(refused > 0 ? [`${countText(refused)} refused`] : []),
  ];
  return (
    <div className="flex flex-col gap-2 text-sm">
      <Progress label="Done" value={settled} max={total} />
      <p role="status">
        {status === "done" ? `Done: ${parts.join(", ")}.` : parts.join(", ")}
      </p>
      {status === "done" ? null : (
        <p className="text-ink-muted">You can close this; it goes on.</p>
      )}
    </div>
  );
}

function Refused({ batch, items }: { batch: Batch; items: BatchItem[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className="text-sm font-semibold">Not done</h3>
      <ul
        tabIndex={0}
        aria-label="Not done"
        className="mt-2 max-h-64 divide-y overflow-y-auto rounded-lg border text-sm"
      >
        {items.map(({ customer, reason }) => (
          <li key={customer.id} className="px-3 py-2">
            <Link href={`/customers/${customer.id}`} tone="ink">
              {customer.name ?? customer.id}
            </Link>
            <p className="text-xs text-ink-muted">{reason}</p>
          </li>
        ))}
      </ul>
      {batch.refused > items.length ? (
        <p className="mt-2 text-xs text-ink-muted">
          {`The first ${countText(items.length)} of ${countText(batch.refused)}. The API lists all of them.`}
        </p>
      ) : null}
    </section>
  );
}
