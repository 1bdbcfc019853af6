import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";

/** What the sandbox keeps of its things, as a provider would; minor units are decimal text. */
export type SandboxThings = {
  customer: { customer_id: string };
  method: {
    brand: string;
    last_four: string;
    expires_month: number;
    expires_year: number;
    behavior: "pays" | "declines" | "authenticates";
    is_attached: boolean;
  };
  session: {
    mode: "payment" | "setup";
    state: "open" | "authenticating" | "completed" | "expired";
    save: boolean;
    checkout_id: string;
    customer_id: string;
    invoice_id: string | null;
    minor: string | null;
    currency: string | null;
    description: string;
    return_url: string;
    last_error: string | null;
    card: Omit<SandboxThings["method"], "is_attached"> | null;
  };
  payment: {
    status: "requires_action" | "succeeded" | "failed" | "canceled";
    payment_id: string | null;
    invoice_id: string | null;
    customer_id: string;
    minor: string;
    refunded: string;
    currency: string;
    method_id: string | null;
    failure: { code: string; message: string } | null;
    paid_at: string | null;
  };
  refund: {
    status: "pending" | "succeeded";
    refund_id: string;
    payment: string;
    minor: string;
    currency: string;
    reason: string;
  };
  event: { type: string; object: string; at: string };
};
export type SandboxKind = keyof SandboxThings;

export type SandboxThing<K extends SandboxKind> = {
  id: string;
  customer: string | null;
  data: SandboxThings[K];
  created_at: Date;
};

export async function findThing<K extends SandboxKind>(
  ctx: Ctx,
  kind: K,
  id: string,
): Promise<SandboxThing<K> | null> {
  const row = await ctx.db.sandboxObject.findFirst({ where: { id, kind } });
  return row && toThing<K>(row);
}

/** The same, locked until the transaction ends. */
export async function lockThing<K extends SandboxKind>(
  tx: TxCtx,
  kind: K,
  id: string,
): Promise<SandboxThing<K> | null> {
  await tx.db
    .$queryRaw`SELECT 1 FROM sandbox_objects WHERE id = ${id} FOR UPDATE`;
  return findThing(tx, kind, id);
}

/** Write a thing; false when there is one with its id. */
export async function insertThing<K extends SandboxKind>(
  tx: TxCtx,
  kind: K,
  id: string,
  customer: string | null,
  data: SandboxThings[K],
): Promise<boolean> {
  const { count } = await tx.db.sandboxObject.createMany({
    data: {
      id,
      kind,
      customer,
      data,
      created_at: tx.now(),
    },
    skipDuplicates: true,
  });
  return count === 1;
}

export async function updateThing<T extends SandboxThing<SandboxKind>>(
  tx: TxCtx,
  thing: T,
  data: T["data"],
): Promise<T> {
  await tx.db.sandboxObject.update({
    where: { id: thing.id },
    data: { data },
  });
  return { ...thing, data };
}

export async function findThings<K extends SandboxKind>(
  ctx: Ctx,
  kind: K,
  from: Date,
  to: Date,
): Promise<SandboxThing<K>[]> {
  const rows = await ctx.db.sandboxObject.findMany({
    where: { kind, created_at: { gte: from, lt: to } },
    orderBy: { id: "asc" },
    take: 100_000,
  });
  return rows.map(toThing<K>);
}

function toThing<K extends SandboxKind>(
  row: Prisma.SandboxObjectGetPayload<object>,
): SandboxThing<K> {
  const { id, customer, created_at } = row;
  // Safe: insertThing() and updateThing() wrote it, under its kind.
  return { id, customer, created_at, data: row.data as SandboxThings[K] };
}
