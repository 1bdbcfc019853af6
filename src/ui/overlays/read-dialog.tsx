"use client";

import type { ReactNode } from "react";
import { failureOf } from "@/client/failure";
import { useRead } from "@/client/query";
import type { CallInput, Endpoint, Received } from "@/shared/endpoint";
import { ErrorState } from "../display/error-state";
import { DetailsSkeleton } from "../display/skeletons";
import { Dialog, type DialogProps } from "./dialog";

export type ReadDialogProps<E extends Endpoint> = Pick<
  DialogProps,
  "title" | "size"
> & {
  endpoint: E;
  input: CallInput<E>;
  /** What the page has of it already. */
  initialData?: Received<E> | undefined;
  /** "This key could not be loaded". */
  failure: string;
  /** How many lines the dialog will have, about. */
  rows: number;
  onClose: () => void;
  /** The dialog itself, once its thing is there. */
  children: (data: Received<E>) => ReactNode;
};

/** A dialog about something that is read first: until then it shows that it loads, or why it cannot. */
export function ReadDialog<E extends Endpoint>({
  endpoint,
  input,
  initialData,
  failure,
  rows,
  onClose,
  children,
  ...frame
}: ReadDialogProps<E>) {
  const { data, error, refetch, isFetching } = useRead(endpoint, input, {
    initialData,
  });
  if (data) return children(data);
  return (
    <Dialog isOpen onOpenChange={onClose} {...frame}>
      {error ? (
        <ErrorState
          title={failure}
          description={failureOf(error).message}
          requestId={failureOf(error).requestId}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      ) : (
        <DetailsSkeleton rows={rows} />
      )}
    </Dialog>
  );
}
