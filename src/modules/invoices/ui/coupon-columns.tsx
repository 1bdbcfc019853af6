import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { formatMoney } from "@/shared/money";
import { countText } from "@/ui/format/number";
import type { Column } from "@/ui/table/columns";
import type { Coupon } from "../contract/coupons";

/** `20% off for 3 months`. */
export function couponText(coupon: Coupon): string {
  return `${offText(coupon)} ${lengthText(coupon)}`;
}

function offText({ percent, amount }: Coupon): string {
  return amount ? `${formatMoney(amount)} off` : `${percent ?? "0"}% off`;
}

function lengthText({ duration, months }: Coupon): string {
  if (duration === "once") return "once";
  if (duration === "forever") return "for good";
  return `for ${months ?? 1} month${months === 1 ? "" : "s"}`;
}

function statusOf({ archived_at, is_redeemable }: Coupon): string {
  if (archived_at) return "archived";
  return is_redeemable ? "active" : "expired";
}

export const couponColumns: Column<Coupon>[] = [
  {
    id: "code",
    header: "Code",
    cell: ({ code, name }) => (
      <span className="inline-flex flex-wrap items-baseline gap-x-2">
        <span className="font-mono text-xs font-medium">{code}</span>
        <span className="text-ink-muted">{name}</span>
      </span>
    ),
  },
  { id: "off", header: "Takes", cell: couponText },
  {
    id: "used",
    header: "Used",
    align: "right",
    cell: ({ redemptions, max_redemptions: most }) =>
      most === null
        ? countText(redemptions)
        : `${countText(redemptions)} of ${countText(most)}`,
  },
  {
    id: "status",
    header: "Status",
    cell: (coupon) => <StatusBadge status={statusOf(coupon)} />,
  },
  {
    id: "expires",
    header: "Until",
    cell: ({ expires_at }) => (
      <Time value={expires_at} format="date" empty="Further notice" />
    ),
  },
  {
    id: "created",
    header: "Created",
    isHidden: true,
    cell: ({ created_at }) => <Time value={created_at} format="date" />,
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="coupon id" />,
  },
];
