"use client";

import { Pencil } from "lucide-react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components/Tabs";
import { useDialogUrl } from "@/client/use-dialog-url";
import { ActivityBrief } from "@/modules/audit/ui/activity-brief";
import type { Customer } from "@/modules/customers/contract";
import {
  AccountDetails,
  ContactDetails,
} from "@/modules/customers/ui/customer-details";
import { KeysBrief } from "@/modules/keys/ui/keys-brief";
import { LicensesBrief } from "@/modules/licenses/ui/licenses-brief";
import { PaymentsBrief } from "@/modules/payments/ui/payments-brief";
import { SubscriptionsBrief } from "@/modules/subscriptions/ui/subscriptions-brief";
import { UsageBrief } from "@/modules/usage/ui/usage-brief";
import { Button } from "@/ui/controls/button";
import { LinkButton } from "@/ui/controls/link-button";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Dialog } from "@/ui/overlays/dialog";

export type DetailsDialogProps = {
  customer: Customer;
  mayWrite: boolean;
  withMoney: boolean;
  onClose: () => void;
};

const tabs = [
  { id: "details", label: "Details", path: "" },
  { id: "licenses", label: "Licenses", path: "/licenses" },
  { id: "subscriptions", label: "Subscriptions", path: "/subscriptions" },
  { id: "payments", label: "Payments", path: "/payments" },
  { id: "keys", label: "Keys", path: "/keys" },
  { id: "usage", label: "Usage", path: "/usage" },
  { id: "activity", label: "Activity", path: "/activity" },
] as const;

const ofMoney = new Set<string>(["subscriptions", "payments"]);

/** A customer at a glance, with the way to its page. */
export function DetailsDialog({
  customer,
  mayWrite,
  withMoney,
  onClose,
}: DetailsDialogProps) {
  const { tab, open } = useDialogUrl();
  const seen = tabs.filter(({ id }) => withMoney || !ofMoney.has(id));
  const current = seen.find(({ id }) => id === tab) ?? tabs[0];
  const { id, name } = customer;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={name}
      size="lg"
      footer={
        <>
          {mayWrite ? (
            <Button icon={<Pencil />} onPress={() => void open("edit", { id })}>
              Edit
            </Button>
          ) : null}
          <LinkButton
            href={`/customers/${id}${current.path}`}
            variant="primary"
          >
            Open full page
          </LinkButton>
        </>
      }
    >
      <Summary customer={customer} withMoney={withMoney} />
      <Tabs
        selectedKey={current.id}
        onSelectionChange={(key) =>
          void open("details", { id, tab: String(key) })
        }
      >
        <TabList
          aria-label={`Sections of ${name}`}
          className="-mx-4 flex gap-5 overflow-x-auto border-b px-4 sm:-mx-6 sm:px-6"
        >
          {seen.map((entry) => (
            <Tab
              key={entry.id}
              id={entry.id}
              className="-mb-px flex h-10 cursor-pointer items-center border-b-2 border-transparent text-sm text-ink-muted -outline-offset-2 hover:text-ink selected:border-ink selected:font-medium selected:text-ink"
            >
              {entry.label}
            </Tab>
          ))}
        </TabList>
        <TabPanel id="details" className={panel}>
          <div className="flex flex-col gap-4">
            <ContactDetails customer={customer} look="grid" />
            <hr />
            <AccountDetails customer={customer} look="grid" />
          </div>
        </TabPanel>
        <TabPanel id="licenses" className={panel}>
          <LicensesBrief customerId={id} mayWrite={mayWrite} />
        </TabPanel>
        <TabPanel id="subscriptions" className={panel}>
          <SubscriptionsBrief customerId={id} />
        </TabPanel>
        <TabPanel id="payments" className={panel}>
          <PaymentsBrief customerId={id} />
        </TabPanel>
        <TabPanel id="keys" className={panel}>
          <KeysBrief customerId={id} />
        </TabPanel>
        <TabPanel id="usage" className={panel}>
          <UsageBrief customerId={id} />
        </TabPanel>
        <TabPanel id="activity" className={panel}>
          <ActivityBrief customerId={id} />
        </TabPanel>
      </Tabs>
    </Dialog>
  );
}

const panel = "min-h-64 rounded-sm pt-4";

type SummaryProps = Pick<DetailsDialogProps, "customer" | "withMoney">;

function Summary({ customer, withMoney }: SummaryProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-2 text-sm text-ink-muted">
      <StatusBadge status={customer.status} />
      {withMoney ? (
        <>
          <span>
            Balance <Money value={customer.balance} className="text-ink" />
          </span>
          <span>
            Revenue{" "}
            <Money value={customer.total_revenue} className="text-ink" />
          </span>
        </>
      ) : null}
    </div>
  );
}
