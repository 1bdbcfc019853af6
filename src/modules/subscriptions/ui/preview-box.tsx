"use client";

import { failureOf } from "@/client/failure";
import type { UseQueryResult } from "@tanstack/react-query";
import { Callout } from "@/ui/display/callout";
import { DetailsSkeleton } from "@/ui/display/skeletons";
import type { Preview } from "../contract";
import { PreviewView } from "./quote-view";

/** The money of what is chosen, or why it cannot be done. */
export function PreviewBox({
  read: { data, error },
}: {
  read: Pick<UseQueryResult<Preview>, "data" | "error">;
}) {
  if (error)
    return <Callout tone="warning">{failureOf(error).message}</Callout>;
  return data ? <PreviewView preview={data} /> : <DetailsSkeleton rows={3} />;
}
