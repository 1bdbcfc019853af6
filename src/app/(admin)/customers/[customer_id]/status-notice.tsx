"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import type { Customer, CustomerStatus } from "@/modules/customers/contract";
import { useStatusChange } from "@/modules/customers/ui/use-status-change";
import { Button } from "@/ui/controls/button";
import { Callout } from "@/ui/display/callout";

export type StatusNoticeProps = {
  customer: Customer;
  mayWrite: boolean;
  isExpired: boolean;
};

const notices: Partial<Record<CustomerStatus, string>> = {
  pending:
    "This customer is pending: its calls are refused until it is active.",
  suspended: "This customer is suspended: all of its calls are refused.",
  archived:
    "This customer is archived: its calls are refused and it gets no new keys.",
};

/** Why calls of this customer are refused, where they are, and the way to mend it. */
export function StatusNotice({
  customer,
  mayWrite,
  isExpired,
}: StatusNoticeProps) {
  const { open } = useDialogUrl();
  const changeStatus = useStatusChange();
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
  if (!isExpired) return null;
  return (
    <Callout
      tone="warning"
      action={
        mayWrite ? (
          <Button size="sm" onPress={() => void open("edit")}>
            Extend
          </Button>
        ) : null
      }
    >
      The access of this customer has ended: all of its calls are refused.
    </Callout>
  );
}
