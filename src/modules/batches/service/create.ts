import { record } from "@/modules/audit";
import { customerNames, selectionOf } from "@/modules/customers";
import { addJob } from "@/platform/add-job";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { notFound } from "@/shared/errors";
import { newId } from "@/shared/ids";
import type { Batch, BatchInput, BatchItem, BatchQuery } from "../contract";
import {
  addItems,
  findBatch,
  findItems,
  insertBatch,
  type Params,
  type StoredBatch,
} from "../queries/batches";

/** The worker's task that goes on with a batch. */
export const workTask = "work_on_batch";

/**
 * Begin one act on many customers: those that are named, or all that filters or a segment find.
 * Needs customers:write; throws NOT_FOUND for a segment that is not there.
 */
export async function createBatch(ctx: Ctx, input: BatchInput): Promise<Batch> {
  authorize(ctx, "customers:write");
  const { action, customer_ids, filters, segment, ...params } = input;
  const selection = customer_ids
    ? null
    : await selectionOf(ctx, { filters, segment });
  const id = newId("bch");
  return transaction(ctx, async (tx) => {
    const made = await insertBatch(tx, {
      ...{ id, action, selection },
      params: given(params),
    });
    if (customer_ids) await addItems(tx, id, [...new Set(customer_ids)], true);
    await told(tx, made, input);
    await queue(tx, id);
    return toAnswer((await findBatch(tx, id)) ?? made);
  });
}

/** How far a batch has come, with a page of its customers. Needs customers:read; throws NOT_FOUND. */
export async function getBatch(
  ctx: Ctx,
  id: string,
  query: BatchQuery,
): Promise<Batch & { items: BatchItem[]; next_cursor: string | null }> {
  authorize(ctx, "customers:read");
  const batch = await findBatch(ctx, id);
  if (!batch) throw notFound("bulk change");
  const rows = await findItems(ctx, id, query, query.limit + 1);
  const items = rows.slice(0, query.limit);
  const names = await customerNames(
    ctx,
    items.map((item) => item.id),
  );
  const last = items.at(-1);
  return {
    ...toAnswer(batch),
    items: items.map(({ id: customer, ...rest }) => ({
      customer: { id: customer, name: names.get(customer) ?? null },
      ...rest,
    })),
    next_cursor: rows.length > query.limit && last ? last.id : null,
  };
}

/** Have the worker go on with a batch. All else that is due goes first. */
export async function queue(tx: TxCtx, id: string): Promise<void> {
  await addJob(tx, workTask, { batch_id: id }, `batch:${id}`, null, true);
}

async function told(
  tx: TxCtx,
  { id, action }: StoredBatch,
  { customer_ids, ...asked }: BatchInput,
): Promise<void> {
  await record(tx, {
    action: "batch.created",
    target: { kind: "batch", id },
    before: null,
    after: {
      ...asked,
      ...(customer_ids && { customers: new Set(customer_ids).size }),
    },
  });
  await emit(tx, { name: "batch.created", payload: { batch_id: id, action } });
}

function toAnswer(batch: StoredBatch): Batch {
  const { params, selection, found_to, actor, request_id, ...answer } = batch;
  return answer;
}

// Without what is undefined, which JSON cannot hold.
function given(params: Params): Params {
  const entries = Object.entries(params).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries);
}
