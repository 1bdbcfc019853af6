import { Link } from "@/ui/controls/link";
import { Sparkline } from "@/ui/display/sparkline";
import { countText } from "@/ui/format/number";
import type { Column } from "@/ui/table/columns";
import type { Key } from "../contract";

/** The columns of keys with the course of their calls, after when they were last used. */
export function withCalls(
  columns: readonly Column<Key>[],
  calls: Record<string, number[]>,
  hasLog: boolean,
): Column<Key>[] {
  const column: Column<Key> = {
    id: "calls",
    header: "Calls, 7 days",
    cell: ({ id }) => (
      <Calls id={id} values={calls[id] ?? []} {...{ hasLog }} />
    ),
  };
  return columns.flatMap((one) =>
    one.id === "last_used" ? [one, column] : [one],
  );
}

type CallsProps = { id: string; values: number[]; hasLog: boolean };

function Calls({ id, values, hasLog }: CallsProps) {
  const total = values.reduce((sum, value) => sum + value, 0);
  if (total === 0) return <span className="text-ink-faint">None</span>;
  const text = countText(total);
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <Sparkline values={values} label="Calls of the last 7 days" width={56} />
      {hasLog ? (
        <Link
          href={`/usage/events?key_id=${id}`}
          prefetch={false}
          aria-label={`${text} calls: see each`}
        >
          {text}
        </Link>
      ) : (
        text
      )}
    </span>
  );
}
