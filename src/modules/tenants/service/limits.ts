import { featureValues } from "@/modules/limits";
import type { Ctx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { countTenants } from "../queries/tenants";

/** What a customer's plan allows of tenants; null: any number. */
export type TenantLimits = {
  /** undefined: the plan says nothing of tenants */
  tenants: number | null | undefined;
  users: number | null;
  storageBytes: number | null;
};

const gigabyte = 1_000_000_000;
const features = ["tenants", "tenant_users", "tenant_storage_gb"];

/** What the plans of customers allow, by customer, in one read. */
export async function limitsOfAll(
  ctx: Ctx,
  customerIds: string[],
): Promise<Map<string, TenantLimits>> {
  const said = await featureValues(ctx, customerIds, features);
  return new Map([...said].map(([id, values]) => [id, toLimits(values)]));
}

/** The same for one customer. */
export async function limitsOf(
  ctx: Ctx,
  customerId: string,
): Promise<TenantLimits> {
  const all = await limitsOfAll(ctx, [customerId]);
  return all.get(customerId) ?? toLimits(new Map());
}

/** Whether a customer's plan has tenants. */
export async function mayHaveTenants(
  ctx: Ctx,
  customerId: string,
): Promise<boolean> {
  const { tenants } = await limitsOf(ctx, customerId);
  return tenants === null || (tenants !== undefined && tenants > 0);
}

/** Throws CONFLICT when the plan has no place for one more. With the customer's row locked. */
export async function assertRoom(ctx: Ctx, customerId: string): Promise<void> {
  const { tenants } = await limitsOf(ctx, customerId);
  if (tenants === undefined) {
    if (ctx.actor.kind !== "customer") return;
    throw new DomainError(
      "CONFLICT",
      "Your plan has no tenants. Choose one that has, and try again.",
      { limit: 0 },
    );
  }
  if (tenants === null) return;
  const used = await countTenants(ctx, customerId);
  if (used >= tenants)
    throw new DomainError(
      "CONFLICT",
      `The plan allows ${tenants} ${tenants === 1 ? "tenant" : "tenants"}, and there ${used === 1 ? "is" : "are"} ${used}. Choose a larger plan, or delete one.`,
      { limit: tenants, used },
    );
}

/** Which limits a tenant is past. */
export function overLimits(
  {
    users,
    storage_bytes,
  }: { users: number | null; storage_bytes: number | null },
  limits: TenantLimits,
): ("users" | "storage")[] {
  const isOver = (used: number | null, limit: number | null) =>
    used !== null && limit !== null && used > limit;
  return [
    ...(isOver(users, limits.users) ? (["users"] as const) : []),
    ...(isOver(storage_bytes, limits.storageBytes)
      ? (["storage"] as const)
      : []),
  ];
}

function toLimits(said: ReadonlyMap<string, unknown>): TenantLimits {
  const storage = toLimit(said.get("tenant_storage_gb")) ?? null;
  return {
    tenants: toLimit(said.get("tenants")),
    users: toLimit(said.get("tenant_users")) ?? null,
    storageBytes: storage === null ? null : Math.floor(storage * gigabyte),
  };
}

// A static feature is a number, yes or no, or text.
function toLimit(value: unknown): number | null | undefined {
  if (value === undefined) return undefined;
  if (value === true || value === null || value === "unlimited") return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : 0;
}
