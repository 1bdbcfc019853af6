import {
  backUpTenant,
  getTenant,
  installModule,
  listJobs,
  removeTenant,
  restoreTenant,
  suspendTenant,
  uninstallModule,
  unsuspendTenant,
} from "@/modules/tenants";
import type { JobKind, Tenant } from "@/modules/tenants/contract";
import { stepsOf } from "@/modules/tenants/plan-of-job";
import type { Ctx } from "@/platform/context";
import type { TestDatabase } from "./database";
import { inTenant, newestBackup, newTenant } from "./tenants";

/** Waits for what a worker is to bring about. */
export async function until(
  isSo: () => Promise<boolean>,
  what: string,
): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`It did not come to this within 120 s: ${what}`);
}

/** A job, what stands before it, and what must be so after it, however often it was cut off. */
export type Story = {
  kind: JobKind;
  /** the steps that are written down, as what */
  moments: readonly (readonly [step: string, status: Written])[];
  ends: "succeeded" | "failed";
  prepare(): Promise<Tenant | null>;
  /** has the job begin */
  begin(prepared: Tenant | null): Promise<Tenant>;
  check(tenant: Tenant): Promise<void>;
};
export type Written = "running" | "done" | "failed" | "undone";

/** What is done to tenants of the sandbox, by name. */
export function tenantStories(database: TestDatabase, at: () => Ctx) {
  const idle = (id: string) =>
    until(async () => {
      const [job] = (await listJobs(at(), id, {})).items;
      return job?.finished_at !== null;
    }, "no job is under way");
  const ready = async (modules: string[]) => {
    const made = await newTenant(at(), { modules });
    await idle(made.id);
    return getTenant(at(), made.id);
  };
  const inside = (ref: string, sql: string) => inTenant(database, ref, sql);
  const modulesOf = async ({ ref }: Tenant) =>
    (await inside(ref, "SELECT name FROM installed_modules ORDER BY 1")).map(
      (row) => Object.values(row)[0],
    );
  const isOpen = async ({ ref }: Tenant) =>
    (
      await database.query(
        "SELECT datallowconn AS is_open FROM pg_database WHERE datname = $1",
        [ref],
      )
    )[0];
  const statusOf = async ({ id }: Tenant) => (await getTenant(at(), id)).status;
  /** on a tenant that is there */
  const on = (
    kind: JobKind,
    modules: string[],
    act: (tenant: Tenant) => Promise<unknown>,
    check: Story["check"],
    before?: (tenant: Tenant) => Promise<unknown>,
  ): Story => ({
    ...{ kind, check, ends: "succeeded", moments: momentsOf(kind) },
    async prepare() {
      const tenant = await ready(modules);
      await before?.(tenant);
      await idle(tenant.id);
      return tenant;
    },
    async begin(tenant) {
      if (!tenant) throw new Error("There is no tenant");
      await act(tenant);
      return tenant;
    },
  });
  const provision = (
    modules: string[],
    rest: Pick<Story, "ends" | "moments" | "check">,
  ): Story => ({
    ...rest,
    kind: "provision",
    prepare: async () => null,
    begin: () => newTenant(at(), { modules }),
  });

  const stories: Record<string, Story> = {
    "a provisioning": provision(["crm"], {
      ends: "succeeded",
      moments: momentsOf("provision"),
      async check(tenant) {
        expect(await statusOf(tenant)).toBe("active");
        expect(await modulesOf(tenant)).toEqual(["contacts", "crm"]);
      },
    }),
    "a provisioning that is refused": provision(["crm", "nothing"], {
      ends: "failed",
      moments: [
        ["install_modules", "failed"],
        ["create", "undone"],
        ["claim", "undone"],
      ],
      check: async (tenant) => expect(await statusOf(tenant)).toBe("failed"),
    }),
    "an installation": on(
      "install_module",
      [],
      ({ id }) => installModule(at(), id, "crm"),
      async (tenant) =>
        expect(await modulesOf(tenant)).toEqual(["contacts", "crm"]),
    ),
    "an uninstallation": on(
      "uninstall_module",
      ["crm"],
      ({ id }) => uninstallModule(at(), id, "crm"),
      async (tenant) => expect(await modulesOf(tenant)).toEqual(["contacts"]),
    ),
    "a backup": on(
      "backup",
      ["crm"],
      ({ id }) => backUpTenant(at(), id),
      async ({ id }) =>
        expect(await newestBackup(at(), id)).toMatchObject({
          ...{ kind: "manual", status: "ready" },
          bytes: expect.any(Number),
        }),
    ),
    "a restore": on(
      "restore",
      ["contacts"],
      async ({ id, ref }) => {
        const { id: backupId } = await newestBackup(at(), id);
        await inside(ref, "UPDATE mod_contacts.records SET name = 'changed'");
        await restoreTenant(at(), id, backupId);
      },
      async ({ id, ref }) => {
        const names = "SELECT name FROM mod_contacts.records";
        expect(await inside(ref, names)).toEqual([{ name: "kept" }]);
        const safety = await newestBackup(at(), id);
        expect(safety).toMatchObject({
          ...{ kind: "before_restore", status: "ready" },
        });
      },
      async ({ id, ref }) => {
        await inside(
          ref,
          "INSERT INTO mod_contacts.records (name) VALUES ('kept')",
        );
        await backUpTenant(at(), id);
      },
    ),
    "a suspension": on(
      "suspend",
      [],
      ({ id }) => suspendTenant(at(), id, {}),
      async (tenant) => {
        expect(await statusOf(tenant)).toBe("suspended");
        expect(await isOpen(tenant)).toEqual({ is_open: false });
      },
    ),
    "the end of a suspension": on(
      "unsuspend",
      [],
      ({ id }) => unsuspendTenant(at(), id),
      async (tenant) => {
        expect(await statusOf(tenant)).toBe("active");
        expect(await isOpen(tenant)).toEqual({ is_open: true });
      },
      ({ id }) => suspendTenant(at(), id, {}),
    ),
    "a deletion": on(
      "terminate",
      ["crm"],
      ({ id }) => removeTenant(at(), id),
      async (tenant) => {
        expect(await statusOf(tenant)).toBe("deleted");
        expect(await isOpen(tenant)).toBeUndefined();
        expect(await newestBackup(at(), tenant.id)).toMatchObject({
          ...{ kind: "final", status: "ready" },
        });
      },
    ),
  };
  return stories;
}

function momentsOf(kind: JobKind): Story["moments"] {
  return stepsOf[kind].flatMap((step) => [
    [step, "running"] as const,
    [step, "done"] as const,
  ]);
}
