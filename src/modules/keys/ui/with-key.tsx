"use client";

import type { ReactNode } from "react";
import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import { ErrorState } from "@/ui/display/error-state";
import { DetailsSkeleton } from "@/ui/display/skeletons";
import { Dialog } from "@/ui/overlays/dialog";
import { keysApi, type Key } from "../contract";

export type WithKeyProps = {
  id: string;
  onClose: () => void;
  children: (key: Key) => ReactNode;
};

/** A dialog about a key, which is loaded first. */
export function WithKey({ id, onClose, children }: WithKeyProps) {
  const { data, error, refetch, isFetching } = useRead(keysApi.get, {
    params: { key_id: id },
  });
  if (data) return children(data);
  return (
    <Dialog isOpen onOpenChange={onClose} title="API key" size="sm">
      {error ? (
        <ErrorState
          title="This key could not be loaded"
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
