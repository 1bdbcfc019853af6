import { getCustomerFeatures } from "@/modules/limits";
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

export async function limitsOf(
  ctx: Ctx,
  customerId: string,
): Promise<TenantLimits> {
  const reader: Ctx = { ...ctx, actor: { kind: "system", name: "tenants" } };
  const { features } = await getCustomerFeatures(reader, customerId);
  const said = (name: string) =>
    features.find(({ feature }) => feature === name)?.value;
  const storage = toLimit(said("tenant_storage_gb")) ?? null;
  return {
    tenants: toLimit(said("tenants")),
    users: toLimit(said("tenant_users")) ?? null,
    storageBytes: storage === null ? null : Math.floor(storage * gigabyte),
  };
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

// A static feature is a number, yes or no, or text.
function toLimit(value: unknown): number | null | undefined {
  if (value === undefined) return undefined;
  if (value === true || value === null || value === "unlimited") return null;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : 0;
}
