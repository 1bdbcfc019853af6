import { Link } from "@/ui/controls/link";
import { CopyableId } from "@/ui/display/copyable-id";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { Payment } from "../contract/parts";
import {
  methodText,
  paymentName,
  providerText,
  shownStatus,
} from "./payment-words";

const name: Column<Payment> = {
  id: "receipt",
  header: "Payment",
  cell: (payment) => (
    <span className="font-medium tabular-nums">{paymentName(payment)}</span>
  ),
};

const rest: Column<Payment>[] = [
  {
    id: "amount",
    header: "Amount",
    align: "right",
    cell: ({ amount }) => <Money value={amount} />,
  },
  {
    id: "status",
    header: "Status",
    cell: (payment) => <StatusBadge status={shownStatus(payment)} />,
  },
  {
    id: "method",
    header: "Method",
    cell: ({ method, provider }) => (
      <span>
        {methodText(method)}
        {provider === "manual" ? null : (
          <span className="text-ink-faint"> · {providerText[provider]}</span>
        )}
      </span>
    ),
  },
  {
    id: "reference",
    header: "Reference",
    isHidden: true,
    cell: ({ reference }) => reference ?? <None />,
  },
  {
    id: "at",
    header: "Paid",
    cell: ({ paid_at }) => <Time value={paid_at} empty="Not paid" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="payment id" />,
  },
];

/** The columns of a customer's own payments. */
export const ownColumns: Column<Payment>[] = [name, ...rest];

/** The columns of everybody's. */
export const paymentColumns: Column<Payment>[] = [
  name,
  {
    id: "customer",
    header: "Customer",
    cell: ({ customer_id, customer_name }) => (
      <Link href={`/customers/${customer_id}/payments`}>{customer_name}</Link>
    ),
  },
  ...rest,
];

function None() {
  return <span className="text-ink-faint">–</span>;
}
