import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { toPage, type Page } from "@/shared/page";
import type {
  TaxRate,
  TaxRateInput,
  TaxRateQuery,
} from "../contract/tax-rates";
import {
  endTaxRate,
  findSuperseded,
  findTaxRate,
  findTaxRates,
  insertTaxRate,
  lockRates,
} from "../queries/tax-rates";

/** One page of tax rates, by place. Needs billing:read. */
export async function listTaxRates(
  ctx: Ctx,
  query: TaxRateQuery,
): Promise<Page<TaxRate>> {
  authorize(ctx, "billing:read");
  const { items, total } = await findTaxRates(ctx, query);
  return toPage(query, items, total);
}

/**
 * Enter a rate. That of the same name and place which was open until then ends as it begins; a rate
 * is never edited, so that an invoice's tax can be told from its date. Needs billing:write; throws
 * CONFLICT, VALIDATION_FAILED.
 */
export async function createTaxRate(
  ctx: Ctx,
  input: TaxRateInput,
): Promise<TaxRate> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    await lockRates(tx);
    const now = tx.now();
    const from = input.effective_from ? new Date(input.effective_from) : now;
    if (input.effective_to && new Date(input.effective_to) <= from)
      throw invalid([
        {
          field: "body.effective_to",
          message: "must lie after effective_from",
        },
      ]);
    for (const other of await findSuperseded(tx, input, from)) {
      if (isLater(other, from, input)) continue;
      const ended = await endTaxRate(tx, other.id, { effective_to: from });
      await told(tx, "tax_rate.ended", other, ended);
    }
    const made = await insertTaxRate(tx, input, from);
    await told(tx, "tax_rate.created", null, made);
    return made;
  });
}

/** Use a rate no more, from now on. Needs billing:write; throws NOT_FOUND, CONFLICT. */
export async function archiveTaxRate(ctx: Ctx, id: string): Promise<TaxRate> {
  authorize(ctx, "billing:write");
  return transaction(ctx, async (tx) => {
    await lockRates(tx);
    const before = await findTaxRate(tx, id);
    if (!before) throw notFound("tax rate");
    if (before.archived_at)
      throw new DomainError("CONFLICT", "This tax rate is archived already.");
    const after = await endTaxRate(tx, id, { archived_at: tx.now() });
    await told(tx, "tax_rate.archived", before, after);
    return after;
  });
}

/** Whether another rate begins only after this one ends. Throws CONFLICT when it is in its way. */
function isLater(
  other: TaxRate,
  from: Date,
  { effective_to }: TaxRateInput,
): boolean {
  const begins = new Date(other.effective_from);
  if (begins < from) return false;
  if (effective_to && new Date(effective_to) <= begins) return true;
  throw new DomainError(
    "CONFLICT",
    `${other.name} of this place begins at ${other.effective_from} already. Let this one end then, or archive that one first.`,
    { tax_rate_id: other.id },
  );
}

async function told(
  tx: TxCtx,
  name: `tax_rate.${string}`,
  before: TaxRate | null,
  after: TaxRate,
): Promise<void> {
  const target = { kind: "tax_rate" as const, id: after.id };
  await record(tx, { action: name, target, before, after });
  await emit(tx, { name, payload: { tax_rate_id: after.id } });
}
