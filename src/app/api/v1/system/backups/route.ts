import { route } from "@/http/route";
import { lastBackups } from "@/modules/backups";
import { backupsApi } from "@/modules/backups/contract";

export const GET = route(backupsApi.show, (ctx) => lastBackups(ctx));
