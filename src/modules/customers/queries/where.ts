import type { Ctx } from "@/platform/context";
import type { Prisma } from "@/platform/db/generated/client";
import type { CustomerFilters } from "../contract";
import { soon } from "../contract/expiry";
import { literal } from "../search";
import { subscribing } from "./plans";

/** What is left of customers by filters; each set of them holds. */
export async function toWhere(
  ctx: Ctx,
  sets: CustomerFilters[],
): Promise<Prisma.CustomerWhereInput> {
  const each = await Promise.all(sets.map((filters) => whereOf(ctx, filters)));
  const all = each.filter((where) => Object.keys(where).length > 0);
  return all.length > 1 ? { AND: all } : (all[0] ?? {});
}

/** Whether it asks for nothing but the status, by which customers are counted already. */
export function byStatusAlone(
  where: Prisma.CustomerWhereInput,
): where is { status?: string | { not: string } } {
  return Object.keys(where).every((name) => name === "status");
}

async function whereOf(
  ctx: Ctx,
  query: CustomerFilters,
): Promise<Prisma.CustomerWhereInput> {
  const range = <T>(gte: T | undefined, lte: T | undefined) => ({
    ...(gte !== undefined && { gte }),
    ...(lte !== undefined && { lte }),
  });
  const created = range(query["created[gte]"], query["created[lte]"]);
  const revenue = range(query["revenue[gte]"], query["revenue[lte]"]);
  const balance = range(query["balance[gte]"], query["balance[lte]"]);
  const ends = [
    range(query["expires_at[gte]"], query["expires_at[lte]"]),
    query.expires === undefined ? {} : ending(query.expires, ctx.now()),
  ].filter((bounds) => Object.keys(bounds).length > 0);
  // Only active customers have access that can end.
  const isActive = query.is_active ?? (query.expires && true);
  const status =
    query.status ??
    (isActive === undefined
      ? undefined
      : isActive
        ? "active"
        : { not: "active" });
  const contradicts = [query.is_active, query.expires && true].some(
    (wanted) => wanted !== undefined && wanted !== (status === "active"),
  );
  return {
    ...(status !== undefined && { status }),
    ...(contradicts && { id: { in: [] } }),
    ...(query.search && matching(query.search)),
    ...(query.plan !== undefined && (await subscribing(ctx, query.plan))),
    ...(query.tag !== undefined && { tags: { has: query.tag } }),
    ...(query.has_licenses !== undefined && {
      licenses_total: query.has_licenses ? { gt: 0 } : 0,
    }),
    ...(ends.length > 0 && {
      AND: ends.map((bounds) => ({ expires_at: bounds })),
    }),
    ...(Object.keys(created).length > 0 && { created_at: created }),
    ...(Object.keys(revenue).length > 0 && { revenue_minor: revenue }),
    ...(Object.keys(balance).length > 0 && { balance_minor: balance }),
  };
}

function ending(which: "expired" | "soon", now: Date) {
  if (which === "expired") return { lte: now };
  const { from, to } = soon(now);
  return { gt: from, lte: to };
}

// An index of trigrams finds three letters anywhere, but of fewer only the start of a word.
function matching(term: string): Prisma.CustomerWhereInput {
  const part = literal(term);
  if (term.length >= 3) return { search_text: { contains: part } };
  return {
    OR: [
      { search_text: { startsWith: part } },
      { search_text: { contains: ` ${part}` } },
    ],
  };
}
