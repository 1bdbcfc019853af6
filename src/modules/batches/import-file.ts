import { parseCsv } from "hucre/csv";
import {
  NewCustomerInput,
  type CustomerInput,
} from "@/modules/customers/contract";
import { plainMessage } from "@/shared/plain-message";
import { mostLines, type LineError } from "./contract/import";

/** A line that makes a customer; `line` counts from 1, the names' line. */
export type ImportLine = { line: number; input: CustomerInput };

export type ReadFile = {
  lines: ImportLine[];
  errors: LineError[];
  /** columns that are none of a customer's */
  ignored: string[];
};

const columns = [
  "email",
  "full_name",
  "name",
  "company_name",
  "phone",
  "address",
  "country",
  "region",
  "tax_id",
  "is_tax_exempt",
  "currency",
  "time_zone",
  "language",
  "status",
  "expires_at",
  "external_id",
  "tags",
  "metadata",
];

/** Read customers from CSV, each line by the rules of POST customers. */
export function readImport(csv: string): ReadFile {
  const records = recordsOf(csv);
  const [head, ...rest] = records;
  const names = head?.cells.map((name) => name.trim().toLowerCase()) ?? [];
  const problem = headProblem(names) ?? sizeProblem(rest.length);
  if (problem)
    return {
      lines: [],
      ignored: [],
      errors: [{ line: 1, field: null, message: problem }],
    };
  const read = rest.map((record) => readLine(names, record));
  const errors = read.flatMap((one) => ("errors" in one ? one.errors : []));
  const lines = read.flatMap((one) => ("input" in one ? [one] : []));
  return {
    lines,
    errors: [...errors, ...repeated(lines)].sort((a, b) => a.line - b.line),
    ignored: names.filter((name) => !columns.includes(name)),
  };
}

type CsvRecord = { line: number; cells: string[] };

/** The records of a file with the line that each begins on; blank ones are left out. */
function recordsOf(csv: string): CsvRecord[] {
  let line = 1;
  return parseCsv(csv).flatMap((row) => {
    const cells = row.map((cell) => String(cell ?? ""));
    const at = line;
    // A record takes a line, and one more for each line break in its cells.
    line += 1 + cells.join("").split(/\r\n|\r|\n/).length - 1;
    return cells.some((cell) => cell.trim() !== "")
      ? [{ line: at, cells }]
      : [];
  });
}

function headProblem(names: string[]): string | null {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    return `names the column ${twice || "(empty)"} twice`;
  if (!names.includes("email"))
    return "must name the columns, email among them";
  return names.includes("full_name") || names.includes("name")
    ? null
    : "must name the column full_name";
}

function sizeProblem(count: number): string | null {
  if (count === 0) return "is followed by no customer";
  return count > mostLines
    ? `is followed by ${count} customers; at most ${mostLines} go into one file`
    : null;
}

function readLine(
  names: string[],
  { line, cells }: CsvRecord,
): ImportLine | { errors: LineError[] } {
  if (cells.length > names.length)
    return {
      errors: [
        {
          ...{ line, field: null },
          message: `has ${cells.length} cells, and the first line ${names.length}`,
        },
      ],
    };
  const given = names.flatMap((name, at) => {
    const value = valueOf(name, cells[at] ?? "");
    return columns.includes(name) && value !== undefined
      ? [[name, value] as const]
      : [];
  });
  const parsed = NewCustomerInput.safeParse(Object.fromEntries(given), {
    error: plainMessage,
  });
  if (parsed.success) return { line, input: parsed.data };
  return {
    errors: parsed.error.issues.map(({ path, message }) => ({
      ...{ line, message },
      field: path.length > 0 ? String(path[0]) : null,
    })),
  };
}

function valueOf(name: string, cell: string): unknown {
  // Our own export puts an apostrophe before what would be a formula.
  const text = cell.trim().replace(/^'(?=[=+\-@])/, "");
  if (text === "") return undefined;
  switch (name) {
    case "tags":
      return text
        .split(",")
        .map((tag) => tag.trim())
        .filter(Boolean);
    case "metadata":
      return json(text);
    case "is_tax_exempt":
      return { true: true, false: false }[text.toLowerCase()] ?? text;
    case "country":
    case "currency":
      return text.toUpperCase();
    default:
      return text;
  }
}

// What is no JSON is left as it is: the schema says what is wrong.
function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function repeated(lines: ImportLine[]): LineError[] {
  return (["email", "external_id"] as const).flatMap((field) => {
    const first = new Map<string, number>();
    return lines.flatMap(({ line, input }) => {
      const value = input[field];
      if (!value) return [];
      const before = first.get(value);
      if (before !== undefined)
        return [{ line, field, message: `is on line ${before} too` }];
      first.set(value, line);
      return [];
    });
  });
}
