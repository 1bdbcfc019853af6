import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";
import { compactText, countText } from "@/ui/format/number";
import { dollarText } from "./dollars";
import type { GroupName, Part } from "./overview-data";

export type PartsTableProps = {
  title: string;
  /** What a row is. */
  head: string;
  by: GroupName;
  parts: Part[];
  nameOf: (name: string) => string;
  days: { from: string; to: string };
};

const head = "h-9 px-4 text-xs font-medium text-ink-muted";

/** The parts of a whole as a table; each leads to its events. */
export function PartsTable(props: PartsTableProps) {
  const { title, parts, by, nameOf, days } = props;
  return (
    <Card title={title} flush>
      {parts.length === 0 ? (
        <p className="px-4 py-6 text-sm text-ink-muted">
          Nothing was used in this period.
        </p>
      ) : (
        <table className="w-full table-fixed text-sm">
          <thead className="border-b bg-subtle">
            <tr>
              <th scope="col" className={`${head} text-left`}>
                {props.head}
              </th>
              <Head>Calls</Head>
              <Head className="max-sm:hidden">Errors</Head>
              <Head className="max-md:hidden">Refused</Head>
              <Head className="max-md:hidden">Tokens</Head>
              <Head>Cost</Head>
            </tr>
          </thead>
          <tbody>
            {parts.map((part) => (
              <tr
                key={part.id ?? part.name}
                className="h-10 border-b last:border-b-0"
              >
                <th
                  scope="row"
                  title={nameOf(part.name)}
                  className="truncate px-4 text-left font-normal"
                >
                  <Name {...{ part, by, nameOf, days }} />
                </th>
                <Cell text={countText(part.calls)} isZero={part.calls === 0} />
                <Cell
                  text={countText(part.errors)}
                  isZero={part.errors === 0}
                  className="max-sm:hidden"
                />
                <Cell
                  text={countText(part.refused)}
                  isZero={part.refused === 0}
                  className="max-md:hidden"
                />
                <Cell
                  text={compactText(part.tokens)}
                  isZero={part.tokens === 0}
                  className="max-md:hidden"
                />
                <Cell text={dollarText(part.cost)} isZero={part.cost === 0} />
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

type NameProps = Pick<PartsTableProps, "by" | "nameOf" | "days"> & {
  part: Part;
};

function Name({ part, by, nameOf, days }: NameProps) {
  const isThing = by === "customer" || by === "key";
  const value = isThing ? part.id : part.name;
  const text = nameOf(part.name);
  if (!value || value === "(other)")
    return <span className="text-ink-muted">{text}</span>;
  const query = new URLSearchParams({
    [isThing ? `${by}_id` : by]: value,
    from: `${days.from}T00:00:00Z`,
    to: nextDay(days.to),
  });
  return (
    <Link href={`/usage/events?${query}`} tone="ink" prefetch={false}>
      {text}
    </Link>
  );
}

function nextDay(day: string): string {
  return `${new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
}

function Head({
  children,
  className = "",
}: {
  children: string;
  className?: string;
}) {
  return (
    <th
      scope="col"
      className={`${head} w-24 text-right max-sm:w-20 max-sm:px-2 ${className}`}
    >
      {children}
    </th>
  );
}

type CellProps = { text: string; isZero: boolean; className?: string };

function Cell({ text, isZero, className = "" }: CellProps) {
  const tone = isZero ? "text-ink-faint" : "";
  return (
    <td className={`truncate px-4 text-right max-sm:px-2 ${tone} ${className}`}>
      {text}
    </td>
  );
}
