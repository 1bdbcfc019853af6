import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";

const instant = z.iso.datetime();
const count = z.number().int();

/** A backup of the whole database that was made, or tried to make. */
export const DatabaseBackup = z
  .object({
    id: idOf("bkp"),
    file: z.string(),
    status: z.enum(["running", "ready", "failed", "deleted"]),
    bytes: count.nullable(),
    rows: count.nullable(),
    error: z.string().nullable(),
    started_at: instant,
    finished_at: instant.nullable(),
    verified_at: instant.nullable().meta({
      description:
        "when it was read back, and each of its tables had its checksum; null of those from before that was done",
    }),
  })
  .meta({ id: "DatabaseBackup" });
export type DatabaseBackup = z.output<typeof DatabaseBackup>;

/** A backup should never be older than this: a day and a half. */
export const lateHours = 36;

/** How the backups of the database stand. */
export const DatabaseBackups = z
  .object({
    is_nightly: z.boolean().meta({
      description: "one is made every night, since BACKUP_DIR is set",
    }),
    kept_days: count.meta({ description: "how long those are kept" }),
    is_late: z
      .boolean()
      .meta({ description: `none was made for ${lateHours} hours` }),
    ready: DatabaseBackup.nullable().meta({ description: "the last one made" }),
    last: DatabaseBackup.nullable().meta({ description: "the last one tried" }),
  })
  .meta({ id: "DatabaseBackups" });
export type DatabaseBackups = z.output<typeof DatabaseBackups>;

export const backupsApi = {
  show: endpoint({
    id: "backups.show",
    method: "GET",
    path: "/v1/system/backups",
    summary: "See the last backups of the database",
    audience: ["staff", "service"],
    permission: "settings:read",
    response: DatabaseBackups,
  }),
};
