import { Card } from "@/ui/display/card";
import { compactText, countText } from "@/ui/format/number";
import type { UsageSummary } from "../contract";

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

/** Calls, errors and refusals by one property of the events, the most used first. */
export function BreakdownCard({
  title,
  of,
  rows,
  unnamed,
}: BreakdownCardProps) {
  const hasTokens = rows.some(({ tokens }) => tokens > 0);
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
              <Head>Errors</Head>
              <Head className="max-sm:hidden">Refused</Head>
              {hasTokens ? <Head className="max-sm:hidden">Tokens</Head> : null}
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
                <Cell value={row.errors} />
                <Cell value={row.refused} className="max-sm:hidden" />
                {hasTokens ? (
                  <Cell
                    value={row.tokens}
                    format={compactText}
                    className="max-sm:hidden"
                  />
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
