import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Badge } from "@/ui/display/badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { Plan } from "../contract";
import { priceText } from "./plan-words";

export const planColumns: Column<Plan>[] = [
  {
    id: "name",
    header: "Plan",
    cell: ({ name, code }) => (
      <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
        <span className="font-medium">{name}</span>
        <span className="font-mono text-xs text-ink-muted">{code}</span>
      </span>
    ),
  },
  {
    id: "prices",
    header: "Price",
    cell: (plan) => {
      const { prices = [] } = plan.current_version ?? plan.draft_version ?? {};
      const [first, ...others] = prices;
      if (!first) return <span className="text-ink-faint">–</span>;
      return (
        <span className="tabular-nums">
          {priceText(first)}
          {others.length > 0 ? (
            <span
              className="text-ink-faint"
              title={others.map(priceText).join(" · ")}
            >
              {` and ${others.length} more`}
            </span>
          ) : null}
        </span>
      );
    },
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status, is_public, draft_version: draft }) => (
      <span className="inline-flex flex-wrap gap-1">
        <StatusBadge status={status} />
        {status === "active" && !is_public ? <Badge>Hidden</Badge> : null}
        {status === "active" && draft ? <Badge tone="info">Draft</Badge> : null}
      </span>
    ),
  },
  {
    id: "version",
    header: "Version",
    align: "right",
    cell: ({ current_version: current }) => current?.number ?? "–",
  },
  {
    id: "published",
    header: "Published",
    cell: ({ current_version: current }) => (
      <Time value={current?.published_at ?? null} format="date" empty="Never" />
    ),
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="plan id" />,
  },
];
