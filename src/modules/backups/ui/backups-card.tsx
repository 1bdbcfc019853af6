import { Badge } from "@/ui/display/badge";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { bytesText, countText } from "@/ui/format/number";
import type { DatabaseBackup, DatabaseBackups } from "../contract";

/** The last backup of the database: when, how large, and whether it was read back. */
export function BackupsCard({ backups }: { backups: DatabaseBackups }) {
  const { is_nightly, kept_days, ready, last } = backups;
  return (
    <Card
      title="Last backup"
      description={
        is_nightly
          ? `One every night, kept for ${countText(kept_days)} days`
          : "None is made by itself: BACKUP_DIR is not set"
      }
    >
      {ready ? (
        <DescriptionList items={itemsOf(ready)} />
      ) : (
        <p className="text-sm text-ink-muted">
          {is_nightly
            ? "There is none yet. The first is made at 02:17 UTC."
            : "There is none. Set BACKUP_DIR to a folder, or back the database up by other means."}
        </p>
      )}
      {last && last.status !== "ready" && last.status !== "deleted" ? (
        <p className="mt-3 flex flex-wrap items-center gap-x-2 gap-y-1 border-t pt-3 text-sm">
          <span>
            Tried <Time value={last.started_at} format="relative" />
          </span>
          <StatusBadge status={last.status} />
          {last.error ? (
            <span className="w-full text-xs break-words text-ink-muted">
              {last.error}
            </span>
          ) : null}
        </p>
      ) : null}
    </Card>
  );
}

function itemsOf({
  started_at,
  bytes,
  rows,
  verified_at,
  file,
}: DatabaseBackup) {
  return [
    { label: "Made", value: <Time value={started_at} format="relative" /> },
    { label: "Size", value: bytes === null ? null : bytesText(bytes) },
    { label: "Rows", value: rows === null ? null : countText(rows) },
    {
      label: "Read back",
      value: verified_at ? (
        <Badge tone="success">Whole</Badge>
      ) : (
        <Badge tone="neutral">Not checked</Badge>
      ),
    },
    {
      label: "File",
      value: <span className="font-mono text-xs break-all">{file}</span>,
    },
  ];
}
