import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const SCHEMA = path.resolve(__dirname, "../../prisma/schema");

/** The names that a contract's schema takes, in each of its forms. */
export function fieldsOf(schema: unknown): string[] {
  const { shape, options } = (schema ?? {}) as {
    shape?: object;
    options?: unknown[];
  };
  if (options) return options.flatMap(fieldsOf);
  return Object.keys(shape ?? {});
}

/** Every column name of the database's schema, once. */
export function columnNames(): string[] {
  const column =
    /^ {2}(\w+) +(?:String|Int|BigInt|Boolean|DateTime|Json|Bytes|Decimal|Float)\b/gm;
  const names = readdirSync(SCHEMA).flatMap((file) => {
    const text = readFileSync(path.join(SCHEMA, file), "utf8");
    return [...text.matchAll(column)].map(([, name = ""]) => name);
  });
  return [...new Set(names)].sort();
}
