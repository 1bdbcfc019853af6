import { Card } from "@/ui/display/card";
import { compactText, countText } from "@/ui/format/number";
import type { UsageSummary } from "../contract";
import { dollarText } from "./dollars";

type Rows = UsageSummary["by_endpoint"];

export type BreakdownCardProps = {
  title: string;
  /** What a row is, as the head of its column: "Endpoint". */
  of: string;
  rows: Rows;
  /** Stands for rows that events gave no name. */
  unnamed: string;
};

const head = "h-9 px-4 text-xs font-medium text-ink-muted";

/** Calls, errors, tokens and cost by one property of the events, the most used first. */
export function BreakdownCard({
  title,
  of,
  rows,
  unnamed,
}: BreakdownCardProps) {
  const hasTokens = rows.some(({ tokens }) => tokens > 0);
  const hasCost = rows.some(({ cost }) => Number(cost) > 0);
  // Where calls cost something, narrow cards leave out what cost nothing.
  const ofErrors = hasCost ? "max-sm:hidden" : "";
  const ofRefused = hasCost ? "max-2xl:hidden" : "max-sm:hidden";
  return (
    <Card title={title} flush>
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-sm text-ink-muted">
          No calls in this period.
        </p>
      ) : (
        <table className="w-full table-fixed text-sm">
          <thead className="border-b bg-subtle">
            <tr>
              <th scope="col" className={`${head} text-left`}>
                {of}
              </th>
              <Head>Calls</Head>
              <Head className={ofErrors}>Errors</Head>
              <Head className={ofRefused}>Refused</Head>
              {hasTokens ? <Head className="max-sm:hidden">Tokens</Head> : null}
              {hasCost ? <Head>Cost</Head> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} className="h-10 border-b last:border-b-0">
                <th
                  scope="row"
                  title={row.name}
                  className="truncate px-4 text-left font-normal"
                >
                  {row.name || (
                    <span className="text-ink-faint">{unnamed}</span>
                  )}
                </th>
                <Cell value={row.calls} />
                <Cell value={row.errors} className={ofErrors} />
                <Cell value={row.refused} className={ofRefused} />
                {hasTokens ? (
                  <Cell
                    value={row.tokens}
                    format={compactText}
                    className="max-sm:hidden"
                  />
                ) : null}
                {hasCost ? (
                  <Cell value={Number(row.cost)} format={dollarText} />
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Head({
  children,
  className = "",
}: {
  children: string;
  className?: string;
}) {
  return (
    <th scope="col" className={`${head} w-24 text-right ${className}`}>
      {children}
    </th>
  );
}

function Cell({
  value,
  format = countText,
  className = "",
}: {
  value: number;
  format?: (value: number) => string;
  className?: string;
}) {
  const tone = value === 0 ? "text-ink-faint" : "";
  return (
    <td className={`px-4 text-right ${tone} ${className}`}>{format(value)}</td>
  );
}
