import type { Customer } from "@/modules/customers/contract";
import { settings } from "@/modules/settings";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import { replaceTaxes, updateLineTaxes } from "../queries/invoices";
import type { FullRow } from "../queries/row";
import { findRates } from "../queries/tax-rates";
import { charged, rateOf, type Buyer, type RateInForce } from "../tax";
import { totalsOf, type Totals, type TotalsRate } from "../contract/totals";

/** How an invoice's lines are taxed at an instant: what has no rate of its own, by the place. */
export type Taxing = {
  rateFor(ownRateId: string | null): TotalsRate | null;
  nameOf(rateId: string): string;
};

/**
 * The tax of a customer at an instant. Throws CONFLICT from `rateFor` when a line's own rate is
 * not in force then. Exempt customers are charged none, whatever their lines say.
 */
export async function taxRatesFor(
  ctx: Ctx,
  customer: Customer,
  at: Date,
): Promise<Taxing> {
  const rates = await findRates(ctx, at);
  const { billing } = await settings(ctx);
  const buyer: Buyer = customer;
  const byPlace = rateOf(rates, buyer);
  const named = new Map(rates.map((rate) => [rate.id, rate]));
  const asCharged = (rate: RateInForce) =>
    charged(rate, buyer, billing.country);
  return {
    rateFor: (ownRateId) => {
      if (customer.is_tax_exempt) return null;
      if (!ownRateId) return byPlace && asCharged(byPlace);
      const own = named.get(ownRateId);
      if (own) return asCharged(own);
      throw new DomainError(
        "CONFLICT",
        "A line has a tax rate that is not in force. Choose another one for it.",
        { tax_rate_id: ownRateId },
      );
    },
    nameOf: (rateId) => named.get(rateId)?.name ?? "Tax",
  };
}

/**
 * Compute an invoice's tax and sums, and write the tax of its lines and its sum by rate. Lines of a
 * draft keep no rate but their own, since that of the place is chosen at finalization. The sums
 * are returned; the discounts are those that the lines have.
 */
export async function reckon(
  tx: TxCtx,
  row: Pick<FullRow, "id" | "lines">,
  customer: Customer,
  at: Date,
  isFinal: boolean,
): Promise<Totals> {
  const id = fromUuid("ivc", row.id);
  const taxing = await taxRatesFor(tx, customer, at);
  const ownRates = row.lines.map(
    (line) => line.tax_rate_id && fromUuid("txr", line.tax_rate_id),
  );
  const rates = ownRates.map((own) => taxing.rateFor(own));
  const totals = totalsOf(
    row.lines.map((line, i) => ({
      amount: line.amount_minor - line.discount_minor,
      rate: rates[i] ?? null,
      isDiscountable: false,
    })),
    null,
  );
  await updateLineTaxes(
    tx,
    id,
    row.lines.map((line, i) => ({
      position: line.position,
      rateId: isFinal ? (rates[i]?.id ?? null) : (ownRates[i] ?? null),
      minor: totals.lines[i]?.tax ?? 0n,
    })),
  );
  await replaceTaxes(
    tx,
    id,
    totals.taxes.map(({ rate, taxable, tax }) => ({
      tax_rate_id: toUuid(rate.id),
      name: taxing.nameOf(rate.id),
      rate: rate.percent,
      is_inclusive: rate.isInclusive,
      reverse_charge: rate.isReverseCharge,
      taxable_minor: taxable,
      tax_minor: tax,
    })),
  );
  const discount = row.lines.reduce((sum, l) => sum + l.discount_minor, 0n);
  return { ...totals, discount };
}
