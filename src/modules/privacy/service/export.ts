import { record } from "@/modules/audit";
import { authorize, owned, type Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import type { Download } from "@/platform/spreadsheet";
import { zip, type ZipEntry } from "@/platform/zip";
import { DomainError, notFound } from "@/shared/errors";
import { fromUuid } from "@/shared/ids";
import { utcDay } from "@/shared/time";
import { findBytes, findFiles } from "../queries/files";
import { findSubjects } from "../queries/subjects";
import { readRows, type Subjects } from "../queries/tables";
import { reach } from "../reach";

/** A file holds no more rows than this: programs that read it whole can. */
const rowsPerFile = 250_000;

/**
 * All that is kept of a customer, as a ZIP of JSON files and of the files that it sent. It is read as
 * the caller takes it, so that memory stays flat. Needs customers:write; throws NOT_FOUND.
 */
export async function exportData(ctx: Ctx, id: string): Promise<Download> {
  authorize(ctx, "customers:write");
  return archive(ctx, id, true);
}

/**
 * The same for the customer's own owners, without what staff noted among themselves and without
 * what is another person's. Needs members:write.
 */
export async function exportOwnData(ctx: Ctx): Promise<Download> {
  authorize(ctx, "members:write");
  const id = owned(ctx);
  if (id === null)
    throw new DomainError(
      "FORBIDDEN",
      "Only a customer's own people have an account to export.",
    );
  return archive(ctx, id, false);
}

async function archive(
  ctx: Ctx,
  id: string,
  forStaff: boolean,
): Promise<Download> {
  const subjects = await findSubjects(ctx, id);
  if (!subjects) throw notFound("customer");
  await transaction(ctx, (tx) =>
    record(tx, {
      action: "customer.data_exported",
      target: { kind: "customer", id },
      customerId: id,
    }),
  );
  return {
    name: `data-${id}-${utcDay(ctx.now())}.zip`,
    type: "application/zip",
    stream: zip(entries(ctx, subjects, forStaff)),
  };
}

async function* entries(
  ctx: Ctx,
  subjects: Subjects,
  forStaff: boolean,
): AsyncGenerator<ZipEntry> {
  const index: Record<string, object> = {};
  for (const [table, { about, ...how }] of Object.entries(reach)) {
    if ("none" in how.export) {
      index[table] = { about, left_out: how.export.none };
      continue;
    }
    if (how.export.staffOnly === "true" && !forStaff) {
      index[table] = { about, left_out: "given on request" };
      continue;
    }
    const pages = readRows(ctx, table, { about, ...how }, subjects, forStaff);
    const rows = new Rows(pages);
    const files: string[] = [];
    while (await rows.hasMore()) {
      const part = files.length === 0 ? "" : `-${files.length + 1}`;
      const name = `${table}${part}.json`;
      files.push(name);
      yield { name, content: rows.take(rowsPerFile) };
    }
    index[table] = { about, rows: rows.count, files };
  }
  for await (const { id, name } of findFiles(ctx, subjects, forStaff))
    yield {
      name: `files/${fromUuid("att", id)}-${plain(name)}`,
      content: bytesOf(ctx, subjects, id),
    };
  const summary = {
    customer: subjects.id,
    made_at: ctx.now().toISOString(),
    made_for: forStaff ? "staff" : "the customer",
    tables: index,
  };
  yield { name: "index.json", content: once(JSON.stringify(summary, null, 2)) };
}

/** Rows of pages, as JSON arrays of a bounded length. */
class Rows {
  count = 0;
  private page: string[] = [];

  constructor(private readonly pages: AsyncGenerator<string[]>) {}

  async hasMore(): Promise<boolean> {
    while (this.page.length === 0) {
      const next = await this.pages.next();
      if (next.done) return false;
      this.page = next.value;
    }
    return true;
  }

  async *take(most: number): AsyncGenerator<string> {
    let taken = 0;
    while (taken < most && (await this.hasMore())) {
      const some = this.page.splice(0, most - taken);
      yield `${taken === 0 ? "[\n" : ",\n"}${some.join(",\n")}`;
      taken += some.length;
    }
    this.count += taken;
    yield "\n]\n";
  }
}

async function* bytesOf(ctx: Ctx, subjects: Subjects, id: string) {
  const bytes = await findBytes(ctx, subjects, id);
  if (bytes) yield bytes;
}

async function* once(text: string) {
  yield text;
}

// A name that stays in its folder, whoever unpacks it.
function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N} ._-]/gu, "_").replace(/^\.+/, "_");
}
