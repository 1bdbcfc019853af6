import type { AuditEntry } from "@/modules/audit/contract";
import { ActivityEntry } from "@/modules/audit/ui/activity-entry";
import { Link } from "@/ui/controls/link";
import { Card } from "@/ui/display/card";

export type TimelineProps = {
  licenseId: string;
  entries: readonly AuditEntry[];
  /** There are older entries, which the audit log has. */
  hasMore: boolean;
  mayReadLog: boolean;
};

/** What was done to a license, newest first. */
export function Timeline(props: TimelineProps) {
  const { licenseId, entries, hasMore, mayReadLog } = props;
  return (
    <Card
      title="Timeline"
      flush
      footer={
        hasMore && mayReadLog ? (
          <Link href={`/audit-log?target_id=${licenseId}`}>
            Older entries in the audit log
          </Link>
        ) : null
      }
    >
      <ol>
        {entries.map((entry) => (
          <ActivityEntry key={entry.id} entry={entry} />
        ))}
      </ol>
    </Card>
  );
}
