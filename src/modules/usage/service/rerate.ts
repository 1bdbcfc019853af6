import { record } from "@/modules/audit";
import { customerNames, getVisibleCustomer } from "@/modules/customers";
import { authorize, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid } from "@/shared/errors";
import { decimalText, scaled } from "@/shared/decimal";
import { namedId } from "@/shared/ids";
import {
  mostRerated,
  type RerateInput,
  type RerateResult,
} from "../contract/upkeep";
import {
  countPriced,
  findKeptFrom,
  rerate,
  type RerateFilter,
  type RerateRow,
} from "../queries/upkeep";

/**
 * Say what the price book of today makes of what was used; with `apply`, write it: costs, rollups,
 * spend and alerts in one transaction. Needs plans:write; throws NOT_FOUND, VALIDATION_FAILED for a
 * time whose events are gone, and CONFLICT for more events than are priced at once.
 */
export async function rerateUsage(
  ctx: Ctx,
  input: RerateInput,
): Promise<RerateResult> {
  authorize(ctx, "plans:write");
  if (input.customer_id) await getVisibleCustomer(ctx, input.customer_id);
  const filter = await filterOf(ctx, input);
  const checked = await countPriced(ctx, filter, mostRerated + 1);
  if (checked > mostRerated)
    throw new DomainError(
      "CONFLICT",
      `More than ${mostRerated} priced events lie in this time. Name a shorter one, a customer or a model, and go on with the rest after that.`,
      { most: mostRerated },
    );
  if (!input.apply)
    return resultOf(ctx, false, checked, await rerate(ctx, filter, false));
  return transaction(ctx, async (tx) => {
    const rows = await rerate(tx, filter, true);
    const result = await resultOf(tx, true, checked, rows);
    const { customers: _, applied: __, ...sums } = result;
    await record(tx, {
      action: "price_book.rerated",
      target: { kind: "setting", id: namedId("set", "price_book") },
      ...(input.customer_id && { customerId: input.customer_id }),
      after: { ...input, ...sums },
    });
    await emit(tx, {
      name: "price_book.rerated",
      payload: { events: result.events, difference: result.difference },
    });
    return result;
  });
}

async function filterOf(ctx: Ctx, input: RerateInput): Promise<RerateFilter> {
  const from = new Date(input.from);
  const keptFrom = await findKeptFrom(ctx);
  if (!keptFrom || from < keptFrom)
    throw invalid([
      {
        field: "body.from",
        message: `must not lie before ${keptFrom?.toISOString() ?? "the first event"}: the events of the time before are gone`,
      },
    ]);
  return {
    from,
    to: new Date(input.to),
    provider: input.provider ?? null,
    model: input.model ?? null,
    customerId: input.customer_id ?? null,
  };
}

async function resultOf(
  ctx: Ctx,
  applied: boolean,
  events_checked: number,
  rows: RerateRow[],
): Promise<RerateResult> {
  const names = await customerNames(
    ctx,
    rows.map(({ customer_id }) => customer_id),
  );
  const before = sumOf(rows.map((row) => row.cost_before));
  const after = sumOf(rows.map((row) => row.cost_after));
  const count = (name: "events" | "newly_priced") =>
    rows.reduce((total, row) => total + row[name], 0);
  return {
    applied,
    events_checked,
    events: count("events"),
    newly_priced: count("newly_priced"),
    cost_before: decimalText(before),
    cost_after: decimalText(after),
    difference: decimalText(after - before),
    customers: rows.map((row) => ({
      ...row,
      name: names.get(row.customer_id) ?? "",
    })),
  };
}

function sumOf(amounts: string[]): bigint {
  return amounts.reduce((total, amount) => total + scaled(amount), 0n);
}
