import type { Customer } from "@/modules/customers/contract";
import { settings } from "@/modules/settings";
import type { Ctx, TxCtx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { fromUuid, toUuid } from "@/shared/ids";
import {
  deleteTaxes,
  insertTaxes,
  updateLineTaxes,
  type NewTax,
} from "../queries/invoices";
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

/** A line as it is taxed. Its rate is one of its own, by public id. */
export type TaxedLine = {
  minor: bigint;
  discount: bigint;
  ownRateId: string | null;
};

/** What lines come to, with the tax of each, and the tax by rate as it is written. */
export type Reckoned = {
  totals: Totals;
  lines: { rateId: string | null; minor: bigint }[];
  taxes: NewTax[];
};

/**
 * The tax and the sums of an invoice's lines, with the discounts that they have. Lines of a draft
 * keep no rate but their own, since that of the place is chosen at finalization.
 */
export function reckoned(
  taxing: Taxing,
  lines: TaxedLine[],
  isFinal: boolean,
): Reckoned {
  const rates = lines.map(({ ownRateId }) => taxing.rateFor(ownRateId));
  const totals = totalsOf(
    lines.map(({ minor, discount }, i) => ({
      amount: minor - discount,
      rate: rates[i] ?? null,
      isDiscountable: false,
    })),
    null,
  );
  const discount = lines.reduce((sum, line) => sum + line.discount, 0n);
  return {
    totals: { ...totals, discount },
    lines: lines.map(({ ownRateId }, i) => ({
      rateId: isFinal ? (rates[i]?.id ?? null) : ownRateId,
      minor: totals.lines[i]?.tax ?? 0n,
    })),
    taxes: totals.taxes.map(({ rate, taxable, tax }) => ({
      tax_rate_id: toUuid(rate.id),
      name: taxing.nameOf(rate.id),
      rate: rate.percent,
      is_inclusive: rate.isInclusive,
      reverse_charge: rate.isReverseCharge,
      taxable_minor: taxable,
      tax_minor: tax,
    })),
  };
}

/** Reckon a draft that is written, and write the tax of its lines and its sum by rate anew. */
export async function reckon(
  tx: TxCtx,
  row: Pick<FullRow, "id" | "lines">,
  customer: Customer,
  at: Date,
  isFinal: boolean,
): Promise<Totals> {
  const id = fromUuid("ivc", row.id);
  const lines = row.lines.map((line) => ({
    minor: line.amount_minor,
    discount: line.discount_minor,
    ownRateId: line.tax_rate_id && fromUuid("txr", line.tax_rate_id),
  }));
  const taxing = await taxRatesFor(tx, customer, at);
  const found = reckoned(taxing, lines, isFinal);
  await updateLineTaxes(tx, {
    id,
    taxes: found.lines.map((tax, i) => ({
      ...tax,
      position: row.lines[i]?.position ?? i,
    })),
  });
  await deleteTaxes(tx, id);
  await insertTaxes(tx, { id, taxes: found.taxes });
  return found.totals;
}

/** Totals as an invoice's columns. */
export const sumsOf = ({ subtotal, discount, tax, total }: Totals) => ({
  subtotal_minor: subtotal,
  discount_minor: discount,
  tax_minor: tax,
  total_minor: total,
});
