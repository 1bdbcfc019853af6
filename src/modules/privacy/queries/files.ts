import type { Ctx } from "@/platform/context";
import { reach } from "../reach";
import { condition, readRows, type Subjects } from "./tables";

/** A file that somebody sent along with a ticket. */
export type SentFile = { id: string; name: string };

/** The files of a customer, the names first: their bytes are read one by one. */
export async function* findFiles(
  ctx: Ctx,
  subjects: Subjects,
  forStaff: boolean,
): AsyncGenerator<SentFile> {
  const { attachments } = reach;
  if (!attachments) return;
  for await (const page of readRows(
    ctx,
    "attachments",
    attachments,
    subjects,
    forStaff,
  ))
    for (const row of page) yield JSON.parse(row) as SentFile; // Safe: a row as JSON.
}

/** The bytes of such a file; null when it is gone. */
export async function findBytes(
  ctx: Ctx,
  subjects: Subjects,
  id: string,
): Promise<Uint8Array | null> {
  const theirs = condition(reach["attachments"]?.of ?? "FALSE", subjects);
  const [row] = await ctx.db.$queryRaw<{ bytes: Uint8Array }[]>`
    SELECT t.bytes FROM attachments t WHERE t.id = ${id}::uuid AND ${theirs}`;
  return row?.bytes ?? null;
}
