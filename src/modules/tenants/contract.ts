import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { cursorPageOf, pageFields, pageOf } from "@/shared/page";
import {
  AdoptInput,
  LogQuery,
  ModuleInput,
  ModuleName,
  SubdomainQuery,
  SuspendInput,
  TenantInput,
  TenantPatch,
  TenantQuery,
} from "./contract/input";
import {
  Tenant,
  TenantBackup,
  TenantJob,
  TenantLog,
  TenantModule,
} from "./contract/parts";

export * from "./contract/input";
export * from "./contract/parts";

export const TenantId = z.object({ tenant_id: idOf("tnt") });

const all = ["staff", "service", "customer"] as const;
const readers = { audience: all, permission: "tenants:read" } as const;
const writers = { audience: all, permission: "tenants:write" } as const;
const staffOnly = {
  audience: ["staff", "service"],
  permission: "tenants:write",
} as const;

const one = {
  params: TenantId,
  errors: ["NOT_FOUND"],
} as const;
const act = {
  params: TenantId,
  errors: ["NOT_FOUND", "CONFLICT"],
} as const;

export const tenantsApi = {
  list: endpoint({
    id: "tenants.list",
    method: "GET",
    path: "/v1/tenants",
    summary: "List tenants",
    ...readers,
    query: TenantQuery,
    response: pageOf(Tenant),
  }),
  create: endpoint({
    id: "tenants.create",
    method: "POST",
    path: "/v1/tenants",
    summary: "Create a tenant",
    description:
      "It is made by a job, whose progress is at its jobs: the tenant is `active` once that is done.",
    ...writers,
    limit: "tenants",
    status: 201,
    body: TenantInput,
    response: Tenant,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {
      customer_id: "cus_01jd0000000000000000000000",
      subdomain: "acme",
    },
  }),
  adopt: endpoint({
    id: "tenants.adopt",
    method: "POST",
    path: "/v1/tenants/adopt",
    summary: "Take over an instance that exists already",
    ...staffOnly,
    status: 201,
    body: AdoptInput,
    response: Tenant,
    errors: ["NOT_FOUND", "CONFLICT"],
    example: {
      customer_id: "cus_01jd0000000000000000000000",
      subdomain: "acme",
      ref: "acme",
      admin_email: "ada@example.com",
    },
  }),
  checkSubdomain: endpoint({
    id: "tenants.checkSubdomain",
    method: "GET",
    path: "/v1/tenants/subdomain",
    summary: "Ask whether a subdomain can be had",
    ...readers,
    query: SubdomainQuery,
    response: z.object({
      subdomain: z.string().meta({ description: "as it would be stored" }),
      is_available: z.boolean(),
      problem: z.string().nullable(),
      url: z.string().nullable(),
    }),
  }),
  get: endpoint({
    id: "tenants.get",
    method: "GET",
    path: "/v1/tenants/{tenant_id}",
    summary: "Get a tenant",
    versioned: true,
    ...readers,
    ...one,
    response: Tenant,
  }),
  update: endpoint({
    id: "tenants.update",
    method: "PUT",
    path: "/v1/tenants/{tenant_id}",
    summary: "Change a tenant's name or metadata",
    description: "Its subdomain stays: what links to it would break.",
    versioned: true,
    ...writers,
    ...one,
    body: TenantPatch,
    response: Tenant,
    example: { name: "Acme, production" },
  }),
  remove: endpoint({
    id: "tenants.remove",
    method: "DELETE",
    path: "/v1/tenants/{tenant_id}",
    summary: "Delete a tenant, after a last backup",
    versioned: true,
    ...writers,
    ...act,
    response: Tenant,
  }),
  modules: endpoint({
    id: "tenants.modules",
    method: "GET",
    path: "/v1/tenants/{tenant_id}/modules",
    summary: "List the modules that can be installed, and are",
    ...readers,
    ...one,
    response: z.object({ items: z.array(TenantModule) }),
  }),
  installModule: endpoint({
    id: "tenants.installModule",
    method: "POST",
    path: "/v1/tenants/{tenant_id}/modules",
    summary: "Install a module, and those that it needs",
    ...writers,
    ...act,
    status: 202,
    body: ModuleInput,
    response: TenantJob,
    example: { name: "sales" },
  }),
  uninstallModule: endpoint({
    id: "tenants.uninstallModule",
    method: "DELETE",
    path: "/v1/tenants/{tenant_id}/modules/{module_name}",
    summary: "Uninstall a module, with its data",
    ...writers,
    ...act,
    params: TenantId.extend({ module_name: ModuleName }),
    status: 202,
    response: TenantJob,
  }),
  logs: endpoint({
    id: "tenants.logs",
    method: "GET",
    path: "/v1/tenants/{tenant_id}/logs",
    summary: "Read what happened in a tenant, newest first",
    ...readers,
    ...one,
    query: LogQuery,
    response: cursorPageOf(TenantLog),
  }),
  backup: endpoint({
    id: "tenants.backup",
    method: "POST",
    path: "/v1/tenants/{tenant_id}/backup",
    summary: "Back a tenant up",
    ...writers,
    ...act,
    status: 202,
    response: TenantBackup,
  }),
  backups: endpoint({
    id: "tenants.backups",
    method: "GET",
    path: "/v1/tenants/{tenant_id}/backups",
    summary: "List a tenant's backups, newest first",
    ...readers,
    ...one,
    query: z.strictObject(pageFields),
    response: pageOf(TenantBackup),
  }),
  restore: endpoint({
    id: "tenants.restore",
    method: "POST",
    path: "/v1/tenants/{tenant_id}/backups/{backup_id}/restore",
    summary: "Bring a tenant back to what a backup has",
    description: "What it is now is backed up before.",
    ...writers,
    ...act,
    params: TenantId.extend({ backup_id: idOf("tbk") }),
    status: 202,
    response: TenantJob,
  }),
  jobs: endpoint({
    id: "tenants.jobs",
    method: "GET",
    path: "/v1/tenants/{tenant_id}/jobs",
    summary: "Follow the work on a tenant, newest first",
    ...readers,
    ...one,
    query: z.strictObject(pageFields),
    response: pageOf(TenantJob),
  }),
  suspend: endpoint({
    id: "tenants.suspend",
    method: "POST",
    path: "/v1/tenants/{tenant_id}/suspend",
    summary: "Suspend a tenant until it is taken back",
    versioned: true,
    ...staffOnly,
    ...act,
    body: SuspendInput,
    response: Tenant,
    example: { reason: "Sends spam" },
  }),
  unsuspend: endpoint({
    id: "tenants.unsuspend",
    method: "POST",
    path: "/v1/tenants/{tenant_id}/unsuspend",
    summary: "Take a suspension back",
    versioned: true,
    ...staffOnly,
    ...act,
    response: Tenant,
  }),
};
