"use client";

import { useRead } from "@/client/query";
import { usageApi } from "../contract";

const everyMs = 15_000;

type Days = { from: string; to: string };

/** A customer's usage in some days, or with null that of the viewer's own customer. */
export function useUsage(
  customerId: string | null,
  days: Days,
  { enabled = true, isLive = false } = {},
) {
  const options = isLive ? { everyMs, keepPrevious: true } : {};
  const named = useRead(
    usageApi.customer,
    { params: { customer_id: customerId ?? "" }, query: days },
    { ...options, enabled: enabled && customerId !== null },
  );
  const own = useRead(
    usageApi.own,
    { query: days },
    { ...options, enabled: enabled && customerId === null },
  );
  return customerId === null ? own : named;
}
