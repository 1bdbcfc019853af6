import { Badge } from "@/ui/display/badge";
import { Card } from "@/ui/display/card";
import { Time } from "@/ui/display/time";
import type { TenantLog } from "../contract";

/** The newest of what happened in a tenant. */
export function LogCard({ entries }: { entries: readonly TenantLog[] }) {
  return (
    <Card title="Log" flush>
      {entries.length === 0 ? (
        <p className="px-4 py-6 text-center text-sm text-ink-muted">
          Nothing yet.
        </p>
      ) : (
        <ul
          className="max-h-96 divide-y overflow-y-auto"
          tabIndex={0}
          aria-label="Log"
        >
          {entries.map(({ id, level, message, source, created_at }) => (
            <li
              key={id}
              className="flex flex-wrap items-baseline gap-x-3 gap-y-1 px-4 py-2 text-sm"
            >
              {level === "info" ? null : (
                <Badge tone={level === "error" ? "danger" : "warning"}>
                  {level === "error" ? "Error" : "Warning"}
                </Badge>
              )}
              <span className="min-w-0 flex-1 wrap-anywhere">{message}</span>
              <span className="text-xs text-ink-faint">
                {source} · <Time value={created_at} format="relative" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
