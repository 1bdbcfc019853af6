import "server-only";
import { notFound } from "next/navigation";
import { shown } from "@/http/shown";
import {
  getTenant,
  listBackups,
  listJobs,
  listLogs,
  listModules,
} from "@/modules/tenants";
import type { Ctx } from "@/platform/context";
import { idOf } from "@/shared/ids";

/** A tenant with all that its page shows, staff's and the portal's alike. */
export async function loadTenant(ctx: Ctx, id: string) {
  if (!idOf("tnt").safeParse(id).success) notFound();
  const [tenant, jobs, modules, backups, log] = await shown(
    ctx,
    Promise.all([
      getTenant(ctx, id),
      listJobs(ctx, id, { per_page: 1 }),
      listModules(ctx, id),
      listBackups(ctx, id, { per_page: 50 }),
      listLogs(ctx, id, { limit: 50 }),
    ]),
  );
  return {
    tenant,
    jobs: jobs.items,
    modules: modules.items,
    backups: backups.items,
    log: log.items,
  };
}
