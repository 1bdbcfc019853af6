import { Callout } from "@/ui/display/callout";
import { lateHours, type DatabaseBackups } from "../contract";

/** What must be done about the backups of the database, if anything. */
export function BackupTrouble({ backups }: { backups: DatabaseBackups }) {
  const { is_late, is_nightly, last } = backups;
  if (!is_late) return null;
  const why = last?.status === "failed" ? last.error : null;
  return (
    <Callout
      tone="warning"
      title={`No backup of the database for ${lateHours} hours`}
    >
      {why ? <p className="break-words">The last one failed: {why}</p> : null}
      <p>
        {is_nightly
          ? "Look whether a worker is alive, and whether BACKUP_DIR can be written and has room. To make one now, run: "
          : "Set BACKUP_DIR to a folder, and one is made every night. To make one now, run: "}
        <code className="font-mono text-xs break-all">
          npm run cli backup -- --to &lt;file&gt;
        </code>
      </p>
    </Callout>
  );
}
