"use client";

import { useRead } from "@/client/query";
import { Brief, BriefLine, shownAtMost } from "@/ui/display/brief";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { paymentsApi } from "../contract";
import { methodText, paymentName, shownStatus } from "./payment-words";

/** A customer's newest payments in short. */
export function PaymentsBrief({ customerId }: { customerId: string }) {
  const read = useRead(paymentsApi.listOfCustomer, {
    params: { customer_id: customerId },
    query: { per_page: shownAtMost },
  });
  return (
    <Brief read={read} what="Payments" empty="This customer has paid nothing.">
      {(payments) => (
        <ul className="divide-y">
          {payments.map((payment) => (
            <BriefLine
              key={payment.id}
              name={paymentName(payment)}
              facts={
                <>
                  {methodText(payment.method)} ·{" "}
                  <Time value={payment.paid_at} empty="not paid" />
                </>
              }
            >
              <Money value={payment.amount} />
              <StatusBadge status={shownStatus(payment)} />
            </BriefLine>
          ))}
        </ul>
      )}
    </Brief>
  );
}
