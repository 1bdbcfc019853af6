"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import type { Customer, CustomerStatus } from "@/modules/customers/contract";
import { expiryOf } from "@/modules/customers/contract/expiry";
import { useStatusChange } from "@/modules/customers/ui/use-status-change";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";
import { Time } from "@/ui/display/time";

export type StatusNoticeProps = {
  customer: Customer;
  mayWrite: boolean;
  /** When the page was read, ISO 8601. */
  now: string;
};

const notices: Partial<Record<CustomerStatus, string>> = {
  pending:
    "This customer is pending: its calls are refused until it is active.",
  suspended:
    "This customer is suspended: all of its calls are refused. Its subscriptions go on being billed.",
  archived:
    "This customer is archived: its calls are refused, it gets no new keys, and its subscriptions end with the periods that run.",
};

/** Why calls of this customer are refused, where they are, and the way to mend it. */
export function StatusNotice({ customer, mayWrite, now }: StatusNoticeProps) {
  const { open } = useDialogUrl();
  const changeStatus = useStatusChange();
  if (customer.erased_at !== null)
    return (
      <Callout tone="neutral">
        This customer was erased{" "}
        <Time value={customer.erased_at} format="relative" />: nothing says any
        more who it was. Its money stays as it was booked.
      </Callout>
    );
  const notice = notices[customer.status];
  if (notice)
    return (
      <Callout
        tone={customer.status === "suspended" ? "warning" : "neutral"}
        action={
          mayWrite ? (
            <Button
              size="sm"
              onPress={() => void changeStatus(customer, "active")}
            >
              Activate
            </Button>
          ) : null
        }
      >
        {notice}
      </Callout>
    );
  const expiry = expiryOf(customer, new Date(now));
  if (!expiry) return null;
  return (
    <Callout
      tone={expiry === "expired" ? "warning" : "info"}
      action={
        mayWrite ? (
          <Button size="sm" onPress={() => void open("renew")}>
            Renew
          </Button>
        ) : null
      }
    >
      {expiry === "expired" ? (
        "The access of this customer has ended: all of its calls are refused."
      ) : (
        <>
          The access of this customer ends{" "}
          <Time value={customer.expires_at} format="relative" />.
        </>
      )}
    </Callout>
  );
}
