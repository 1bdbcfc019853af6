import type { Ctx } from "@/platform/context";
import {
  CustomerFilters,
  type Customer,
  type CustomerQuery,
} from "../contract";
import { findIdsAfter, findPagesInOrder } from "../queries/selected";
import { getFilters } from "./segments";

/**
 * Which customers filters and a segment mean, to be kept as JSON: what the segment is changed to
 * later is another matter. The caller has authorised. Throws NOT_FOUND for an unknown segment.
 */
export async function selectionOf(
  ctx: Ctx,
  {
    filters,
    segment,
  }: {
    filters?: CustomerFilters | undefined;
    segment?: string | undefined;
  },
): Promise<CustomerFilters[]> {
  return [
    ...(segment === undefined ? [] : [await getFilters(ctx, segment)]),
    ...(filters ? [filters] : []),
  ];
}

/**
 * The public ids of `take` customers of a selection, in the order of ids, those after one. The
 * caller has authorised.
 */
export async function findSelected(
  ctx: Ctx,
  selection: unknown,
  after: string | null,
  take: number,
): Promise<string[]> {
  const sets = CustomerFilters.array().parse(selection);
  return findIdsAfter(ctx, sets, after, take);
}

/** What `walkCustomers` goes through, and in which order. */
export type CustomerWalk = Omit<
  CustomerQuery,
  "page" | "per_page" | "skip" | "limit"
>;

/**
 * All customers that a query finds, in its order, some at a time as the caller takes them; their
 * usage is that of the last reading. The caller has authorised. Throws NOT_FOUND for an unknown
 * segment.
 */
export async function walkCustomers(
  ctx: Ctx,
  { segment, sort_by, sort_order, ...filters }: CustomerWalk,
): Promise<AsyncIterable<Customer[]>> {
  const sets = await selectionOf(ctx, { filters, segment });
  return findPagesInOrder(ctx, sets, { sort_by, sort_order });
}
