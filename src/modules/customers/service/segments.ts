import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import { newId } from "@/shared/ids";
import { CustomerFilters } from "../contract";
import type { Segment, SegmentInput, SegmentPatch } from "../contract/segments";
import {
  deleteSegment,
  findSegment,
  findSegments,
  findTags,
  insertSegment,
  lockSegment,
  updateSegment,
} from "../queries/segments";

/** What one looks through in a menu, and is read whole. */
const mostSegments = 200;

/** The tags of customers, those of most customers first. Needs customers:read. */
export async function listTags(ctx: Ctx, take = 1_000) {
  authorize(ctx, "customers:read");
  return { items: await findTags(ctx, take) };
}

/** All segments, by name. Needs customers:read. */
export async function listSegments(ctx: Ctx): Promise<{ items: Segment[] }> {
  authorize(ctx, "customers:read");
  return { items: await findSegments(ctx) };
}

/** Name a set of filters. Needs customers:write; throws CONFLICT. */
export async function createSegment(
  ctx: Ctx,
  input: SegmentInput,
): Promise<Segment> {
  authorize(ctx, "customers:write");
  return transaction(ctx, async (tx) => {
    if ((await findSegments(tx)).length >= mostSegments)
      throw new DomainError(
        "CONFLICT",
        `There are ${mostSegments} segments already. Delete one that nobody uses first.`,
      );
    const segment = await insertSegment(tx, newId("seg"), input);
    await told(tx, "segment.created", null, segment);
    return segment;
  });
}

/** Rename a segment, or give it other filters. Needs customers:write; throws NOT_FOUND, CONFLICT. */
export async function changeSegment(
  ctx: Ctx,
  id: string,
  { name, filters }: SegmentPatch,
): Promise<Segment> {
  return write(ctx, id, async (tx, before) => {
    const after = await updateSegment(tx, id, {
      ...(name !== undefined && { name }),
      ...(filters && { filters }),
    });
    await told(tx, "segment.updated", before, after);
    return after;
  });
}

/** Delete a segment. Needs customers:write; throws NOT_FOUND. */
export async function removeSegment(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; deleted: true }> {
  return write(ctx, id, async (tx, segment) => {
    await deleteSegment(tx, id);
    await told(tx, "segment.deleted", segment, null);
    return { id, deleted: true };
  });
}

/** The filters of a segment; the caller has authorised. Throws NOT_FOUND. */
export async function getFilters(
  ctx: Ctx,
  id: string,
): Promise<CustomerFilters> {
  const segment = await findSegment(ctx, id);
  if (!segment) throw notFound("segment");
  return CustomerFilters.parse(segment.filters);
}

async function write<T>(
  ctx: Ctx,
  id: string,
  work: (tx: TxCtx, segment: Segment) => Promise<T>,
): Promise<T> {
  authorize(ctx, "customers:write");
  return transaction(ctx, async (tx) => {
    const segment = await lockSegment(tx, id);
    if (!segment) throw notFound("segment");
    return work(tx, segment);
  });
}

async function told(
  tx: TxCtx,
  action: "segment.created" | "segment.updated" | "segment.deleted",
  before: Segment | null,
  after: Segment | null,
): Promise<void> {
  const id = (after ?? before)?.id ?? "";
  await record(tx, { action, target: { kind: "segment", id }, before, after });
  await emit(tx, { name: action, payload: { segment_id: id } });
}
