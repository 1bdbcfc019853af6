import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";

/** The rows of the groups by name, without the logo, which is large. */
export async function findGroups(ctx: Ctx): Promise<Map<string, object>> {
  const rows = await ctx.db.setting.findMany({
    where: { name: { not: logoRow } },
  });
  // Safe: upsertGroup writes objects only.
  return new Map(rows.map(({ name, value }) => [name, value as object]));
}

/** Let one change at a time through, so that what it replaces is what was read. */
export async function lockSettings(tx: TxCtx): Promise<void> {
  await tx.db.$executeRaw`LOCK TABLE settings IN SHARE ROW EXCLUSIVE MODE`;
}

export async function upsertGroup(
  tx: TxCtx,
  name: string,
  value: Prisma.InputJsonObject,
): Promise<void> {
  await tx.db.setting.upsert({
    where: { name },
    create: { name, value },
    update: { value },
  });
}

/** An image as it was uploaded; `digest` is in its address, so that a new one is seen at once. */
export type Logo = { type: string; base64: string; digest: string };

const logoRow = "logo";

export async function upsertLogo(tx: TxCtx, logo: Logo): Promise<void> {
  await upsertGroup(tx, logoRow, logo);
}

export async function deleteLogo(tx: TxCtx): Promise<void> {
  await tx.db.setting.deleteMany({ where: { name: logoRow } });
}

export async function findLogo(ctx: Ctx): Promise<Logo | null> {
  const row = await ctx.db.setting.findUnique({ where: { name: logoRow } });
  return row && (row.value as Logo); // Safe: upsertLogo wrote it.
}
