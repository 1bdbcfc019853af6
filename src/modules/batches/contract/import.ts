import * as z from "zod";
import { endpoint } from "@/shared/endpoint";
import { idOf } from "@/shared/ids";
import { countParam } from "@/shared/fields";

const whole = z.number().int();

export const mostLines = 10_000;

export const ImportInput = z
  .strictObject({
    csv: z
      .string()
      .min(1)
      .max(5_000_000)
      .refine((text) => text.isWellFormed() && !text.includes("\u0000"), {
        error: "must not contain NUL or broken Unicode characters",
      })
      .meta({
        description:
          "a first line of column names as POST customers has them (email and full_name are needed), then a customer a line, at most 10,000; tags with commas between them, metadata as JSON",
      }),
    dry_run: z.boolean().default(false).meta({
      description: "only say what is wrong with it",
    }),
  })
  .meta({ id: "ImportInput" });
export type ImportInput = z.output<typeof ImportInput>;

const LineError = z.object({
  line: whole.meta({ description: "of the file; the names are line 1" }),
  field: z.string().nullable(),
  message: z.string(),
});
export type LineError = z.output<typeof LineError>;

/** Customers that a file brings, and how far that has come. */
export const Import = z
  .object({
    id: idOf("imp").nullable().meta({ description: "null of a dry run" }),
    status: z.enum(["checked", "running", "done", "undoing", "undone"]),
    total: whole.meta({ description: "lines with a customer" }),
    made: whole,
    refused: whole,
    removed: whole.meta({ description: "by undo" }),
    kept: whole.meta({ description: "that undo could not remove" }),
    ignored_columns: z.array(z.string()).meta({
      description: "of the file, in the answer to POST",
    }),
    errors: z.array(LineError).meta({
      description:
        "of a dry run: what is wrong, the first hundred; later: the lines that were refused or kept",
    }),
    error_count: whole,
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Import" });
export type Import = z.output<typeof Import>;

export const ImportQuery = z.strictObject({
  after_line: countParam(0, 10_000_000).default(0).meta({
    description: "errors of later lines than this",
  }),
});
export type ImportQuery = z.output<typeof ImportQuery>;

const staff = { audience: ["staff", "service"] } as const;
const writers = { ...staff, permission: "customers:write" } as const;
const ImportId = z.object({ import_id: idOf("imp") });

export const importsApi = {
  create: endpoint({
    id: "imports.create",
    method: "POST",
    path: "/v1/customers/import",
    summary: "Import customers from CSV",
    description:
      "A file with any wrong line is refused as a whole, with details.fields by line; dry_run answers them in errors. What is right is made by a job, a customer a line, as POST customers does.",
    ...writers,
    status: 202,
    bodyLimit: 6_000_000,
    body: ImportInput,
    response: Import,
    example: {
      csv: "email,full_name,company_name,tags\nada@example.com,Ada Lovelace,Analytical Engines,vip\n",
      dry_run: false,
    },
  }),
  get: endpoint({
    id: "imports.get",
    method: "GET",
    path: "/v1/customers/import/{import_id}",
    summary: "See how far an import has come",
    ...staff,
    permission: "customers:read",
    params: ImportId,
    query: ImportQuery,
    response: Import,
    errors: ["NOT_FOUND"],
  }),
  undo: endpoint({
    id: "imports.undo",
    method: "POST",
    path: "/v1/customers/import/{import_id}/undo",
    summary: "Delete the customers that an import made",
    description:
      "By a job; those that something depends on by now are kept, and listed.",
    ...writers,
    status: 202,
    params: ImportId,
    response: Import,
    errors: ["NOT_FOUND", "CONFLICT"],
  }),
};
