import type { Customer } from "@/modules/customers/contract";
import { Card } from "@/ui/display/card";
import { Money } from "@/ui/display/money";
import { Time } from "@/ui/display/time";
import { OpenDialog } from "./open-dialog";

export type BalanceCardProps = { customer: Customer; mayAdjust: boolean };

/** What the customer has with us, and what it has paid. */
export function BalanceCard({ customer, mayAdjust }: BalanceCardProps) {
  const { balance, total_revenue, last_payment_at } = customer;
  const words =
    balance.amount === 0
      ? "Settled"
      : balance.amount > 0
        ? "Credit in its favor"
        : "Owed to you";
  return (
    <Card
      title="Balance"
      actions={
        mayAdjust ? (
          <OpenDialog name="balance">Adjust balance</OpenDialog>
        ) : null
      }
    >
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <p>
          <Money value={balance} className="block text-xl font-semibold" />
          <span className="text-xs text-ink-faint">{words}</span>
        </p>
        <dl className="flex flex-wrap gap-x-6 gap-y-2">
          <div>
            <dt className="text-xs text-ink-faint">Revenue</dt>
            <dd>
              <Money value={total_revenue} />
            </dd>
          </div>
          <div>
            <dt className="text-xs text-ink-faint">Last payment</dt>
            <dd>
              <Time value={last_payment_at} format="date" empty="None" />
            </dd>
          </div>
        </dl>
      </div>
    </Card>
  );
}
