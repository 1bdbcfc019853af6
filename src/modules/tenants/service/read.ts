import { settings } from "@/modules/settings";
import { authorize, type Ctx } from "@/platform/context";
import { toCursorPage, toPage, type PageQuery } from "@/shared/page";
import type { LogQuery } from "../contract";
import { findBackups } from "../queries/backups";
import { findJobs } from "../queries/jobs";
import { findLogs, findModules } from "../queries/parts";
import { findBySubdomain } from "../queries/tenants";
import { normalSubdomain } from "../subdomain";
import { urlOf } from "./shown";
import { readTenant } from "./tenants";

/** What a visitor of a subdomain may know. Anybody may ask. */
export async function findVisited(
  ctx: Ctx,
  typed: string,
): Promise<{ state: "open" | "soon" | "closed" | "none"; url: string | null }> {
  const tenant = await findBySubdomain(ctx, normalSubdomain(typed));
  if (!tenant) return { state: "none", url: null };
  const { domain } = (await settings(ctx)).tenants;
  const url = urlOf(tenant.subdomain, domain);
  if (tenant.status === "active") return { state: "open", url };
  return { state: tenant.status === "provisioning" ? "soon" : "closed", url };
}

/** The modules of a tenant as its driver told of them last. Needs tenants:read; throws NOT_FOUND. */
export async function listModules(ctx: Ctx, id: string) {
  authorize(ctx, "tenants:read");
  await readTenant(ctx, id);
  return { items: await findModules(ctx, id) };
}

/** A tenant's log, newest first. Needs tenants:read; throws NOT_FOUND. */
export async function listLogs(ctx: Ctx, id: string, query: LogQuery) {
  authorize(ctx, "tenants:read");
  await readTenant(ctx, id);
  return toCursorPage(await findLogs(ctx, id, query), query.limit);
}

/** A tenant's backups, newest first. Needs tenants:read; throws NOT_FOUND. */
export async function listBackups(ctx: Ctx, id: string, query: PageQuery) {
  authorize(ctx, "tenants:read");
  await readTenant(ctx, id);
  const { items, total } = await findBackups(ctx, id, query);
  const shown = items.map(({ ref: _, ...backup }) => backup);
  return toPage(query, shown, total, total <= 10_000);
}

/** The work on a tenant, newest first. Needs tenants:read; throws NOT_FOUND. */
export async function listJobs(ctx: Ctx, id: string, query: PageQuery) {
  authorize(ctx, "tenants:read");
  await readTenant(ctx, id);
  const { items, total } = await findJobs(ctx, id, query);
  return toPage(query, items, total, total <= 10_000);
}
