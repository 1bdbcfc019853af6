import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import type * as z from "zod";
import { Footer, Header, rowsEnd, TableEnd, TableStart } from "./format";

/** A table of a backup that is being read; its rows are to be read before the next one. */
export type ReadTable = TableStart & { rows: AsyncGenerator<Buffer> };

/**
 * Reads a backup from its start to its end, and checks each table against its hash. Memory stays flat.
 * Throws words when the file is cut off, changed, or no backup.
 */
export class BackupReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  /** the last line, once all tables are read */
  footer: Footer | null = null;
  /** rows by table, of those that were read */
  readonly counts = new Map<string, number>();

  constructor(private readonly file: string) {
    const raw = createReadStream(file);
    const plain = createGunzip();
    raw.on("error", (error) => plain.destroy(error));
    this.chunks = raw.pipe(plain)[Symbol.asyncIterator]();
  }

  /** The first line. */
  async header(): Promise<Header> {
    return this.line(Header);
  }

  /** The tables in the order in which they can be filled. */
  async *tables(): AsyncGenerator<ReadTable> {
    for (;;) {
      const line = await this.line(TableStart.or(Footer));
      if ("end" in line) {
        this.footer = line;
        return;
      }
      const done = { isRead: false };
      yield { ...line, rows: this.rows(line.table, done) };
      if (!done.isRead)
        throw new Error(`The rows of ${line.table} were not read`);
    }
  }

  private async *rows(
    table: string,
    done: { isRead: boolean },
  ): AsyncGenerator<Buffer> {
    const hash = createHash("sha256");
    let count = 0;
    const take = (some: Buffer) => {
      hash.update(some);
      for (let at = some.indexOf(10); at !== -1; at = some.indexOf(10, at + 1))
        count += 1;
      return some;
    };
    // A newline before makes the end of no rows look as that of some.
    let before = Buffer.from("\n");
    for (;;) {
      const all = Buffer.concat([before, this.rest]);
      const end = all.indexOf(`\n${rowsEnd}`);
      const from = before.length;
      if (end !== -1) {
        const data = all.subarray(from, Math.max(from, end + 1));
        this.rest = Buffer.from(all.subarray(end + 1 + rowsEnd.length));
        if (data.length > 0) yield take(data);
        break;
      }
      // What may be the beginning of the end waits for the rest of it.
      const safe = Math.max(from, all.length - rowsEnd.length);
      const data = all.subarray(from, safe);
      if (data.length > 0) yield take(data);
      before = Buffer.from(all.subarray(Math.max(0, safe - 1), safe));
      this.rest = Buffer.from(all.subarray(safe));
      if (!(await this.more())) throw this.broken("it ends too soon");
    }
    const { rows, sha256 } = await this.line(TableEnd);
    if (rows !== count || sha256 !== hash.digest("hex"))
      throw this.broken(`the rows of ${table} are not those that were written`);
    this.counts.set(table, count);
    done.isRead = true;
  }

  private async line<S extends z.ZodType>(schema: S): Promise<z.output<S>> {
    for (;;) {
      const end = this.rest.indexOf(10);
      if (end !== -1) {
        const text = this.rest.subarray(0, end).toString("utf8");
        this.rest = this.rest.subarray(end + 1);
        const parsed = schema.safeParse(jsonOf(text));
        if (!parsed.success)
          throw this.broken("a line of it is none of a backup's");
        return parsed.data;
      }
      if (this.rest.length > 1e6 || !(await this.more()))
        throw this.broken("it ends too soon, or is no backup");
    }
  }

  private async more(): Promise<boolean> {
    const next = await this.chunks.next().catch((error: unknown) => {
      throw this.broken(error instanceof Error ? error.message : String(error));
    });
    if (next.done) return false;
    this.rest = Buffer.concat([this.rest, next.value]);
    return true;
  }

  private broken(why: string): Error {
    return new Error(`${this.file} cannot be used: ${why}.`);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
