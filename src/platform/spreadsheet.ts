import { Readable } from "node:stream";
import { stringify } from "csv-stringify";

/** An exact decimal as text, `-12.34`: a number where the format has such. */
export type Decimal = { decimal: string };

export type Cell = string | number | boolean | null | Decimal;

/** A file under way: it is written as it is read. */
export type Download = {
  name: string;
  type: string;
  stream: ReadableStream<Uint8Array>;
};

export const spreadsheetTypes = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

export type SpreadsheetFormat = keyof typeof spreadsheetTypes;

/**
 * A table as CSV or XLSX, each row written as it comes. Text that a spreadsheet would take for a
 * formula begins with an apostrophe. `name` is the file's, without its ending.
 */
export async function spreadsheet(
  format: SpreadsheetFormat,
  name: string,
  sheet: string,
  columns: readonly string[],
  rows: AsyncIterable<Cell[]>,
): Promise<Download> {
  const file = { name: `${name}.${format}`, type: spreadsheetTypes[format] };
  return format === "csv"
    ? {
        ...file,
        type: `${file.type}; charset=utf-8`,
        stream: csv(columns, rows),
      }
    : { ...file, stream: await xlsx(sheet, columns, rows) };
}

function csv(columns: readonly string[], rows: AsyncIterable<Cell[]>) {
  const lines = stringify({
    header: true,
    columns: [...columns],
    cast: { boolean: String },
  });
  const source = Readable.from(plain(rows, ({ decimal }) => decimal));
  source.on("error", (error) => lines.destroy(error));
  lines.on("close", () => source.destroy());
  // Safe: the stream's chunks are bytes.
  return Readable.toWeb(source.pipe(lines)) as ReadableStream<Uint8Array>;
}

async function xlsx(
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<Cell[]>,
) {
  const { writeXlsxStream } = await import("hucre/xlsx");
  return writeXlsxStream(plain(rows, numberOf), {
    name,
    columns: columns.map((header) => ({ header })),
    freezePane: { rows: 1 },
  });
}

/** Text in XLSX is text and no formula, until somebody saves it as CSV. */
async function* plain(
  rows: AsyncIterable<Cell[]>,
  written: (decimal: Decimal) => string | number,
) {
  for await (const row of rows)
    yield row.map((cell) => {
      if (typeof cell === "string")
        return /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(cell)
          ? `'${cell}`
          : cell;
      return typeof cell === "object" && cell ? written(cell) : cell;
    });
}

// A double holds fifteen digits exactly.
function numberOf({ decimal }: Decimal): string | number {
  const digits = decimal.replace(/\D/g, "").length;
  return digits <= 15 ? Number(decimal) : decimal;
}
