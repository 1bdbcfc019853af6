import type { Ctx } from "@/platform/context";
import { forMany } from "@/platform/together";
import { fromUuid, toUuid } from "@/shared/ids";

/** The display name of one; null when there is none of this id. */
export const findName = forMany(async (ctx: Ctx, ids: string[]) => {
  const names = await findNames(ctx, [...new Set(ids)]);
  return ids.map((id) => names.get(id) ?? null);
});

export async function findNames(
  ctx: Ctx,
  ids: string[],
): Promise<Map<string, string>> {
  const rows = await ctx.db.customer.findMany({
    where: { id: { in: ids.map(toUuid) } },
    select: { id: true, full_name: true, company_name: true },
  });
  return new Map(
    rows.map((row) => [
      fromUuid("cus", row.id),
      row.company_name ?? row.full_name,
    ]),
  );
}

/** Which of these addresses and external ids customers have. */
export async function findTaken(
  ctx: Ctx,
  emails: string[],
  externalIds: string[],
): Promise<{ emails: Set<string>; externalIds: Set<string> }> {
  const rows = await ctx.db.$queryRaw<
    { email: string; external_id: string | null }[]
  >`
    SELECT email, external_id FROM customers
    WHERE email = ANY (${emails}) OR external_id = ANY (${externalIds})`;
  return {
    emails: new Set(rows.map(({ email }) => email)),
    externalIds: new Set(rows.flatMap((row) => row.external_id ?? [])),
  };
}
