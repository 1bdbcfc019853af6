import { listJobs } from "@/modules/tenants";
import type { Tenant, TenantJob } from "@/modules/tenants/contract";
import { addSeconds } from "@/shared/time";
import { callRoute } from "../support/app";
import type { TestDatabase } from "../support/database";
import { runJobs } from "../support/jobs";
import {
  inTenant,
  newTenant,
  runTenantTimer,
  tenantDatabases,
  useTenantDatabases,
} from "../support/tenants";
import { world, type World } from "../support/world";

/** Tenants of the sandbox, whose databases are dropped at the end of the file. */
export function tenantsFixture(database: TestDatabase) {
  const held = {} as { w: World; headers: Record<string, string> };
  beforeAll(async () => {
    held.w = await world();
    held.headers = { authorization: `Bearer ${held.w.everything}` };
  });
  useTenantDatabases(database);

  const work = () => runJobs(database);
  const call = (id: string, sent: Parameters<typeof callRoute>[1] = {}) =>
    callRoute(id, { headers: held.headers, ...sent });
  const on = (verb: string, tenant_id: string, body?: unknown) =>
    call(`tenants.${verb}`, { params: { tenant_id }, body });
  const read = async (id: string): Promise<Tenant> =>
    (await on("get", id)).body;
  const ready = async (input: Parameters<typeof newTenant>[1] = {}) => {
    const { id } = await newTenant(held.w.ctx, input);
    await work();
    return read(id);
  };
  const jobs = async (id: string): Promise<TenantJob[]> =>
    (await listJobs(held.w.ctx, id, {})).items;
  const lastJob = async (id: string) => {
    const [job] = await jobs(id);
    if (!job) throw new Error("There is no job");
    return job;
  };
  /** What waits is tried again until nothing does, each time a quarter of an hour later. */
  const persist = async (times = 12) => {
    for (let round = 1; round <= times; round += 1) {
      const later = addSeconds(new Date(), round * 900);
      const ctx = { ...held.w.ctx, now: () => later };
      await runTenantTimer("tenants_resume", ctx);
      await work();
    }
  };
  const databases = () => tenantDatabases(database);
  const inside = <T extends object>(ref: string, sql: string) =>
    inTenant<T>(database, ref, sql);
  return {
    ...{ held, work, call, on, read, ready, jobs, lastJob, persist },
    ...{ databases, inside },
  };
}
