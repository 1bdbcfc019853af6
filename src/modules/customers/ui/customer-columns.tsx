import { Badge } from "@/ui/display/badge";
import { ExpiryBadge } from "@/ui/display/expiry-badge";
import { Money } from "@/ui/display/money";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { countText } from "@/ui/format/number";
import type { Column } from "@/ui/table/columns";
import type { Customer } from "../contract";
import { RowActions, type RowActionsProps } from "./row-actions";

export type ColumnOptions = Omit<RowActionsProps, "customer"> & {
  now: Date;
  /** Revenue and balance are for those who may see billing. */
  withMoney: boolean;
};

/** The list's columns; ids of sortable ones are the API's `sort_by`. */
export function customerColumns({
  withMoney,
  now,
  ...actions
}: ColumnOptions): Column<Customer>[] {
  return [
    {
      id: "name",
      header: "Customer",
      isSortable: true,
      cell: (customer) => <Name customer={customer} />,
    },
    {
      id: "status",
      header: "Status",
      isSortable: true,
      cell: (customer) => (
        <span className="inline-flex max-w-full flex-wrap items-center gap-1">
          <StatusBadge status={customer.status} />
          <ExpiryBadge customer={customer} now={now} />
        </span>
      ),
    },
    {
      id: "licenses",
      header: "Licenses",
      align: "right",
      cell: (c) => (
        <Share active={c.active_licenses} total={c.total_licenses} />
      ),
    },
    {
      id: "subscriptions",
      header: "Subscriptions",
      align: "right",
      cell: (c) => (
        <span className="inline-flex flex-col sm:items-end">
          <Share
            active={c.active_subscriptions}
            total={c.total_subscriptions}
          />
          {c.package ? (
            <span className="text-xs text-ink-muted">{c.package}</span>
          ) : null}
        </span>
      ),
    },
    ...(withMoney ? moneyColumns : []),
    {
      id: "created_at",
      header: "Joined",
      isSortable: true,
      descFirst: true,
      cell: ({ joined_at }) => <Time value={joined_at} format="date" />,
    },
    {
      id: "phone",
      header: "Phone",
      isHidden: true,
      cell: ({ phone }) => <Plain text={phone} />,
    },
    {
      id: "usage",
      header: "Usage",
      align: "right",
      isHidden: true,
      cell: ({ usage_percentage: used }) => (
        <Plain text={used === null ? null : `${countText(used)}%`} />
      ),
    },
    {
      id: "devices",
      header: "Devices",
      align: "right",
      isHidden: true,
      cell: ({ device_count }) => countText(device_count),
    },
    {
      id: "tags",
      header: "Tags",
      isHidden: true,
      cell: ({ tags }) => <Tags tags={tags} />,
    },
    {
      id: "expires_at",
      header: "Access ends",
      isSortable: true,
      isHidden: true,
      cell: ({ expires_at }) => (
        <Time value={expires_at} format="date" empty="Never" />
      ),
    },
    {
      id: "actions",
      header: "Actions",
      align: "right",
      isFixed: true,
      className: "sm:w-28 max-sm:ml-auto max-sm:[&>[aria-hidden]]:hidden",
      cell: (customer) => <RowActions customer={customer} {...actions} />,
    },
  ];
}

const moneyColumns: Column<Customer>[] = [
  {
    id: "revenue",
    header: "Revenue",
    align: "right",
    isSortable: true,
    descFirst: true,
    cell: (customer) => <Revenue customer={customer} />,
  },
  {
    id: "balance",
    header: "Balance",
    align: "right",
    isSortable: true,
    descFirst: true,
    cell: ({ balance }) => (
      <Money
        value={balance}
        className={
          balance.amount < 0
            ? "text-danger"
            : balance.amount === 0
              ? "text-ink-faint"
              : ""
        }
      />
    ),
  },
];

function Name({ customer }: { customer: Customer }) {
  const { name, full_name, email } = customer;
  const second = name === full_name ? email : `${full_name} · ${email}`;
  return (
    <span className="block min-w-0 sm:max-w-72">
      <span className="block truncate" title={name}>
        {name}
      </span>
      <span
        className="block truncate text-xs font-normal text-ink-faint"
        title={second}
      >
        {second}
      </span>
    </span>
  );
}

function Plain({ text }: { text: string | null }) {
  if (text === null) return <span className="text-ink-faint">–</span>;
  return <span className="whitespace-nowrap tabular-nums">{text}</span>;
}

function Tags({ tags }: Pick<Customer, "tags">) {
  if (tags.length === 0) return <span className="text-ink-faint">–</span>;
  return (
    <span className="inline-flex max-w-full flex-wrap gap-1 align-middle sm:max-w-60">
      {tags.map((tag) => (
        <Badge key={tag}>{tag}</Badge>
      ))}
    </span>
  );
}

function Share({ active, total }: { active: number; total: number }) {
  if (total === 0) return <span className="text-ink-faint">0</span>;
  return (
    <span title={`${active} active of ${total}`}>
      {countText(active)}
      <span className="text-ink-faint"> / {countText(total)}</span>
    </span>
  );
}

function Revenue({ customer }: { customer: Customer }) {
  const { overdue_invoices: overdue, total_revenue } = customer;
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-2">
      {overdue > 0 ? (
        <Badge tone="danger">{`${countText(overdue)} overdue`}</Badge>
      ) : null}
      <Money
        value={total_revenue}
        className={total_revenue.amount === 0 ? "text-ink-faint" : ""}
      />
    </span>
  );
}
