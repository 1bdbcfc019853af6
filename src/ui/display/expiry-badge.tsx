import { Hourglass } from "lucide-react";
import type { Customer } from "@/modules/customers/contract";
import { expiryOf } from "@/modules/customers/contract/expiry";
import { Badge } from "./badge";

export type ExpiryBadgeProps = {
  customer: Pick<Customer, "status" | "expires_at">;
  now: Date;
};

/** That an active customer's access has ended, or will soon; nothing for all others. */
export function ExpiryBadge({ customer, now }: ExpiryBadgeProps) {
  const expiry = expiryOf(customer, now);
  if (!expiry) return null;
  return (
    <Badge
      tone={expiry === "expired" ? "danger" : "warning"}
      icon={<Hourglass aria-hidden />}
    >
      {expiry === "expired" ? "Access ended" : "Ends soon"}
    </Badge>
  );
}
