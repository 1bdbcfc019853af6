"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import { Badge } from "@/ui/display/badge";
import { Button } from "@/ui/controls/button";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { PlanVersion } from "../contract";
import { priceText } from "./plan-words";

/** A plan's versions, the newest first; each opens its terms. */
export function VersionList({ versions }: { versions: PlanVersion[] }) {
  const { open } = useDialogUrl();
  return (
    <ol className="divide-y rounded-lg border">
      {versions.map((version) => (
        <li
          key={version.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3"
        >
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
              {`Version ${version.number}`}
              <StatusBadge status={version.status} />
              {version.is_current ? <Badge tone="info">Current</Badge> : null}
            </p>
            <p className="mt-0.5 text-sm text-ink-muted tabular-nums">
              {version.prices.map(priceText).join(" · ") || "No prices"}
            </p>
            <p className="text-xs text-ink-faint">
              {version.published_at ? "Published " : "Begun "}
              <Time value={version.published_at ?? version.created_at} />
            </p>
          </div>
          <Button
            size="sm"
            onPress={() => void open("version", { id: version.id })}
            aria-label={`Terms of version ${version.number}`}
          >
            Terms
          </Button>
        </li>
      ))}
    </ol>
  );
}
