"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { useAct } from "@/client/use-act";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { Progress } from "@/ui/display/progress";
import { Skeleton } from "@/ui/display/skeletons";
import { countText } from "@/ui/format/number";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { Dialog } from "@/ui/overlays/dialog";
import { importsApi, type Import } from "../contract/import";
import { LineErrors } from "./line-errors";

export type ImportProgressDialogProps = {
  id: string;
  mayWrite: boolean;
  onClose: () => void;
};

/** How far an import has come, what of it was refused, and the way to undo it. */
export function ImportProgressDialog({
  id,
  mayWrite,
  onClose,
}: ImportProgressDialogProps) {
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const [settled, setSettled] = useState<Import["status"]>();
  const params = { import_id: id };
  const read = useRead(
    importsApi.get,
    { params, query: {} },
    settled ? {} : { everyMs: 1_000 },
  );
  const found = read.data;
  const isOver = found?.status === "done" || found?.status === "undone";
  if (isOver && settled !== found.status) setSettled(found.status);
  useEffect(() => {
    if (settled) router.refresh();
  }, [settled, router]);
  const { isPending, act } = useAct(() => {
    setSettled(undefined);
    void read.refetch();
  });
  const undo = () =>
    act(() => call(importsApi.undo, { params }), {
      failed: "The import was not undone",
    });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Import customers"
      footer={
        <>
          {mayWrite && found?.status === "done" && found.made > 0 ? (
            <Button onPress={() => setAsking(true)}>Undo import…</Button>
          ) : null}
          <Button onPress={onClose}>Close</Button>
        </>
      }
    >
      {read.error ? (
        <Callout tone="danger" title="It could not be seen how far it is">
          {failureOf(read.error).message}
        </Callout>
      ) : null}
      {found ? (
        <div className="flex flex-col gap-4 text-sm">
          <HowFar found={found} />
          <LineErrors
            title="Not done"
            errors={found.errors}
            count={found.error_count}
          />
        </div>
      ) : read.error ? null : (
        <Skeleton className="h-24 w-full" />
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={`Delete ${countText(found?.made ?? 0)} imported customers?`}
        consequences={[
          "Their keys, notes and usage are deleted with them.",
          "Those with licenses, subscriptions, invoices or payments are kept, and listed.",
        ]}
        confirmLabel="Undo import"
        isPending={isPending}
        onConfirm={() => void undo().then(() => setAsking(false))}
      />
    </Dialog>
  );
}

function HowFar({ found }: { found: Import }) {
  const { status, total, made, refused, removed, kept } = found;
  const isUndo = status === "undoing" || status === "undone";
  const parts = isUndo
    ? [
        `${countText(removed)} deleted`,
        ...(kept > 0 ? [`${countText(kept)} kept`] : []),
      ]
    : [
        `${countText(made)} imported`,
        ...(refused > 0 ? [`${countText(refused)} refused`] : []),
      ];
  const isOver = status === "done" || status === "undone";
  return (
    <div className="flex flex-col gap-2">
      <Progress
        label={isUndo ? "Undone" : "Done"}
        value={isUndo ? removed + kept : made + refused}
        max={isUndo ? made : total}
      />
      <p role="status">
        {isOver ? `Done: ${parts.join(", ")}.` : parts.join(", ")}
      </p>
      {isOver ? null : (
        <p className="text-ink-muted">You can close this; it goes on.</p>
      )}
    </div>
  );
}
