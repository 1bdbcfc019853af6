import { billingNow, getBuyer } from "@/modules/customers";
import { creditOf } from "@/modules/ledger";
import type { Ctx } from "@/platform/context";
import { totalsOf, type Discount, type Totals } from "../contract/totals";
import { taxRatesFor } from "./reckon";

/**
 * What an invoice of these lines would come to, without writing anything: its sums, the credit that
 * would be taken first, and what would be due, in minor units. The caller has authorised.
 */
export async function previewInvoice(
  ctx: Ctx,
  preview: {
    customerId: string;
    currency: string;
    lines: {
      minor: bigint;
      taxRateId?: string | null;
      isDiscountable?: boolean;
    }[];
    discount?: Discount | null;
  },
): Promise<Totals & { credit: bigint; due: bigint }> {
  const customer = await getBuyer(ctx, preview.customerId);
  const at = await billingNow(ctx, customer.id);
  const taxing = await taxRatesFor(ctx, customer, at);
  const lines = preview.lines.map((line) => ({
    amount: line.minor,
    rate: taxing.rateFor(line.taxRateId ?? null),
    isDiscountable: line.isDiscountable ?? true,
  }));
  const totals = totalsOf(lines, preview.discount ?? null);
  const held = await creditOf(ctx, customer.id, preview.currency);
  const wanted = totals.total > 0n ? totals.total : 0n;
  const most = held > 0n ? held : 0n;
  const credit = most < wanted ? most : wanted;
  return { ...totals, credit, due: wanted - credit };
}
