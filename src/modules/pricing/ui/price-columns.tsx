import { StatusBadge } from "@/ui/display/status-badge";
import { CopyableId } from "@/ui/display/copyable-id";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { Price } from "../contract";
import { contextText, modelText, otherRates, rateText } from "./price-words";

const perMillion = (
  id: keyof Price & `${string}_per_million`,
  header: string,
  isHidden = false,
): Column<Price> => ({
  id,
  header,
  align: "right",
  isHidden,
  cell: (price) => <Rate value={price[id]} />,
});

export const priceColumns: Column<Price>[] = [
  {
    id: "model",
    header: "Provider and model",
    cell: (price) => (
      <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
        <span className="text-ink-muted">{price.provider}</span>
        <span className="font-medium break-all">{modelText(price)}</span>
        {price.context_above > 0 ? (
          <span className="text-xs text-ink-muted">{contextText(price)}</span>
        ) : null}
      </span>
    ),
  },
  perMillion("input_per_million", "Input /1M"),
  perMillion("output_per_million", "Output /1M"),
  perMillion("cached_per_million", "Cached /1M"),
  perMillion("reasoning_per_million", "Reasoning /1M", true),
  {
    id: "other",
    header: "Per call or unit",
    align: "right",
    cell: (price) => {
      const rates = otherRates(price);
      return rates.length > 0 ? (
        <span className="tabular-nums">{rates.join(" · ")}</span>
      ) : (
        <None />
      );
    },
  },
  {
    id: "status",
    header: "Status",
    cell: ({ status }) => <StatusBadge status={status} />,
  },
  {
    id: "from",
    header: "From",
    cell: ({ effective_from }) => <Time value={effective_from} format="date" />,
  },
  {
    id: "to",
    header: "Until",
    cell: ({ effective_to }) => (
      <Time value={effective_to} format="date" empty="Open" />
    ),
  },
  {
    id: "source",
    header: "Source",
    cell: ({ source }) => (
      <span
        title={source}
        className="block max-w-40 truncate text-xs text-ink-muted"
      >
        {source}
      </span>
    ),
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="price id" />,
  },
];

function Rate({ value }: { value: string | null }) {
  if (value === null) return <None />;
  return <span className="tabular-nums">{rateText(value)}</span>;
}

function None() {
  return <span className="text-ink-faint">–</span>;
}
