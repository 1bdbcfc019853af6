import { Badge } from "@/ui/display/badge";
import { StatusBadge } from "@/ui/display/status-badge";
import type { InvoiceSummary } from "../contract";

/** How far an invoice is paid; nothing for one that nobody is asked to pay. */
export function PaymentState({ invoice }: { invoice: InvoiceSummary }) {
  const { status, payment_status: state, is_overdue } = invoice;
  if (state !== "unpaid") return <StatusBadge status={state} />;
  // Of an open invoice this is as it should be, until it is late.
  if (status === "open" && !is_overdue) return <Badge>Unpaid</Badge>;
  if (status === "open") return <StatusBadge status="unpaid" />;
  return <span className="text-ink-faint">–</span>;
}
