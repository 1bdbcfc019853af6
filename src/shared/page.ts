import * as z from "zod";
import { countParam } from "./fields";

const maxOffset = 100_000_000;

/** Query fields of every paged list: `page` and `per_page`, or `skip` and `limit`. */
export const pageFields = {
  page: countParam(1, maxOffset).optional(),
  per_page: countParam(1, 100).optional(),
  skip: countParam(0, maxOffset).optional(),
  limit: countParam(1, 100).optional(),
};

export type PageQuery = {
  page?: number | undefined;
  per_page?: number | undefined;
  skip?: number | undefined;
  limit?: number | undefined;
};

/** Schema of a paged answer. `total` counts all that match, on every page. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: z.number().int(),
    page: z.number().int(),
    per_page: z.number().int(),
    pages: z.number().int(),
    total_is_exact: z
      .boolean()
      .meta({ description: "false when more match than were counted" }),
  });
}

export type Page<T> = {
  items: T[];
  total: number;
  total_is_exact: boolean;
  page: number;
  per_page: number;
  pages: number;
};

/** Which rows a page query asks for. `skip`/`limit` win over `page`/`per_page`. */
export function pageWindow(query: PageQuery): { skip: number; take: number } {
  const take = query.limit ?? query.per_page ?? 20;
  const skip = query.skip ?? ((query.page ?? 1) - 1) * take;
  return { skip, take };
}

/** The answer round the rows of one page. */
export function toPage<T>(
  query: PageQuery,
  items: T[],
  total: number,
  exact = true,
): Page<T> {
  const { skip, take } = pageWindow(query);
  return {
    items,
    total,
    total_is_exact: exact,
    page: Math.floor(skip / take) + 1,
    per_page: take,
    pages: Math.ceil(total / take),
  };
}

/** Query fields of a log: `cursor` from the last answer, `limit` 1 to 100. */
export function cursorFields<T extends z.ZodType>(cursor: T) {
  return { cursor: cursor.optional(), limit: countParam(1, 100).default(50) };
}

/** Schema of a log's answer; `next_cursor` is null on the last page. */
export function cursorPageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable(),
  });
}

/** Cut `take + 1` rows to a page of `take`; the last one's id is the next cursor. */
export function toCursorPage<T extends { id: string }>(
  rows: T[],
  take: number,
) {
  const items = rows.slice(0, take);
  const last = items.at(-1);
  return { items, next_cursor: rows.length > take && last ? last.id : null };
}
