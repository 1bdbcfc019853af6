import { Badge } from "@/ui/display/badge";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Column } from "@/ui/table/columns";
import type { TaxRate } from "../contract/tax-rates";

/** Where a rate is taken: "Germany", "California, United States". */
export function placeText({
  country,
  region,
}: Pick<TaxRate, "country" | "region">): string {
  if (!country) return "Everywhere else";
  const names = new Intl.DisplayNames("en", { type: "region" });
  const name = names.of(country) ?? country;
  return region ? `${region}, ${name}` : name;
}

export const taxRateColumns: Column<TaxRate>[] = [
  {
    id: "name",
    header: "Tax",
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  { id: "place", header: "Place", cell: placeText },
  {
    id: "rate",
    header: "Rate",
    align: "right",
    cell: ({ rate }) => `${rate}%`,
  },
  {
    id: "kind",
    header: "Prices",
    cell: ({ is_inclusive, allows_reverse_charge }) => (
      <span className="inline-flex flex-wrap gap-1">
        {is_inclusive ? "Hold it already" : "Without it"}
        {allows_reverse_charge ? <Badge>Reverse charge</Badge> : null}
      </span>
    ),
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
      <Time value={effective_to} format="date" empty="Further notice" />
    ),
  },
  {
    id: "id",
    header: "Id",
    isHidden: true,
    cell: ({ id }) => <CopyableId id={id} label="tax rate id" />,
  },
];
