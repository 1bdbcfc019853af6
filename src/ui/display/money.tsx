import { formatMoney, type Money as Amount } from "@/shared/money";

export type MoneyProps = {
  /** Integer minor units and currency; null shows a dash. */
  value: Amount | null | undefined;
  /** An estimated total says so. */
  isEstimate?: boolean;
  locale?: string;
  className?: string;
};

/** An amount in its own currency, with as many decimals as that currency has. */
export function Money({
  value,
  isEstimate,
  locale,
  className = "",
}: MoneyProps) {
  if (!value) return <span className="text-ink-faint">–</span>;
  return (
    <span className={`whitespace-nowrap tabular-nums ${className}`}>
      {formatMoney(value, locale)}
      {isEstimate ? <span className="text-ink-faint"> est.</span> : null}
    </span>
  );
}
