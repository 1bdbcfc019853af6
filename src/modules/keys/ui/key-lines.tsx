import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { Key } from "../contract";
import { maskedKey } from "./key-words";

/** Keys in a line each: name, mask, status and last use. */
export function KeyLines({ keys }: { keys: readonly Key[] }) {
  return (
    <ul className="divide-y">
      {keys.map((key) => (
        <li
          key={key.id}
          className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 text-sm"
        >
          <span className="min-w-0 flex-1 basis-40 truncate font-medium">
            {key.name}
          </span>
          <span className="font-mono text-xs text-ink-muted">
            {maskedKey(key)}
          </span>
          <StatusBadge status={key.status} />
          <span className="text-xs text-ink-faint">
            used{" "}
            <Time value={key.last_used_at} format="relative" empty="never" />
          </span>
        </li>
      ))}
    </ul>
  );
}
