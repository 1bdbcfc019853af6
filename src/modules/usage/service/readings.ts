import { randomUUID } from "node:crypto";
import { assertUnchanged, record } from "@/modules/audit";
import { getCustomer, holdCustomer, recordReading } from "@/modules/customers";
import type { Customer } from "@/modules/customers/contract";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { invalid } from "@/shared/errors";
import type { ReadingInput } from "../contract/readings";
import { isInWindow, toStored } from "../event";
import { ingestIn } from "../queries";
import { findReadMeter } from "../queries/meters";

/**
 * Record what no event of the customer's calls tells: a reading of a meter, which is counted as an
 * event is, or the customer's own percentage and devices. Needs customers:write; throws NOT_FOUND,
 * VALIDATION_FAILED.
 */
export async function recordUsageReading(
  ctx: Ctx,
  customerId: string,
  { meter, value, at, ...figures }: ReadingInput,
): Promise<Customer> {
  authorize(ctx, "customers:write");
  if (meter !== undefined && value !== undefined)
    await readMeter(ctx, customerId, { meter, value, at });
  return Object.keys(figures).length > 0
    ? recordReading(ctx, customerId, figures)
    : getCustomer(ctx, customerId);
}

type Reading = { meter: string; value: number; at: string | undefined };

async function readMeter(
  ctx: Ctx,
  customerId: string,
  { meter, value, at }: Reading,
): Promise<void> {
  const known = await findReadMeter(ctx, meter);
  if (!known)
    throw invalid([
      {
        field: "body.meter",
        message:
          "must be a meter that takes the latest, greatest or sum of quantity from events of a meter of its own, and of any provider and model",
      },
    ]);
  if (at && !isInWindow(new Date(at), ctx.now()))
    throw invalid([
      {
        field: "body.at",
        message: "must lie between 35 days back and 5 minutes ahead",
      },
    ]);
  const id = `reading-${randomUUID()}`;
  const owner = { customerId, keyId: null };
  const event = { id, meter: known.eventMeter, quantity: value };
  const when = at === undefined ? {} : { occurred_at: at };
  await transaction(ctx, async (tx) => {
    const customer = await holdCustomer(tx, customerId);
    await assertUnchanged(tx, "customer", customer);
    await ingestIn(tx, toStored({ ...event, ...when }, owner, ctx.now()));
    await record(tx, {
      action: "customer.usage_recorded",
      target: { kind: "customer", id: customerId },
      customerId,
      after: { meter, value, ...(at && { at }) },
    });
    await emit(tx, {
      name: "customer.usage_recorded",
      payload: { customer_id: customerId, meter, value },
    });
  });
}
