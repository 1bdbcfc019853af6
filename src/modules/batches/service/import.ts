import { record } from "@/modules/audit";
import { takenOf } from "@/modules/customers";
import { addJob } from "@/platform/add-job";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import { newId } from "@/shared/ids";
import type {
  Import,
  ImportInput,
  ImportQuery,
  LineError,
} from "../contract/import";
import { readImport, type ImportLine } from "../import-file";
import {
  findImport,
  findLineErrors,
  insertImport,
  lockImport,
  setImportStatus,
  type StoredImport,
} from "../queries/imports";

/** The worker's task that goes on with an import, or with undoing one. */
export const importTask = "work_on_import";

const listed = 100;

/**
 * Make customers of the lines of a CSV, or say what is wrong with it. Needs customers:write; throws
 * VALIDATION_FAILED, with the lines, unless all of them are right.
 */
export async function createImport(
  ctx: Ctx,
  { csv, dry_run }: ImportInput,
): Promise<Import> {
  authorize(ctx, "customers:write");
  const { lines, errors, ignored } = readImport(csv);
  const wrong = [...errors, ...(await taken(ctx, lines))].sort(
    (a, b) => a.line - b.line,
  );
  if (dry_run) return checked(ctx, lines.length, wrong, ignored);
  if (wrong.length > 0) throw wrongLines(wrong);
  const id = newId("imp");
  return transaction(ctx, async (tx) => {
    const made = await insertImport(tx, id, lines);
    await told(tx, "import.created", made);
    await queueImport(tx, id);
    return { ...shown(made, []), ignored_columns: ignored };
  });
}

/** How far an import has come. Needs customers:read; throws NOT_FOUND. */
export async function getImport(
  ctx: Ctx,
  id: string,
  { after_line }: ImportQuery,
): Promise<Import> {
  authorize(ctx, "customers:read");
  const found = await findImport(ctx, id);
  if (!found) throw notFound("import");
  return shown(found, await findLineErrors(ctx, id, after_line, listed));
}

/** Begin to delete what an import made. Needs customers:write; throws NOT_FOUND, CONFLICT. */
export async function undoImport(ctx: Ctx, id: string): Promise<Import> {
  authorize(ctx, "customers:write");
  return transaction(ctx, async (tx) => {
    const found = await lockImport(tx, id);
    if (!found) throw notFound("import");
    if (found.status !== "done")
      throw new DomainError(
        "CONFLICT",
        found.status === "running"
          ? "This import is still going on. Wait until it is done, then undo it."
          : "This import has been undone already.",
      );
    const undoing = await setImportStatus(tx, id, "undoing");
    await told(tx, "import.undone", undoing);
    await queueImport(tx, id);
    return shown(undoing, []);
  });
}

/** Have the worker go on with an import. All else that is due goes first. */
export async function queueImport(tx: TxCtx, id: string): Promise<void> {
  await addJob(tx, importTask, { import_id: id }, `import:${id}`, null, true);
}

async function taken(ctx: Ctx, lines: ImportLine[]): Promise<LineError[]> {
  const there = await takenOf(
    ctx,
    lines.map(({ input }) => input),
  );
  return lines.flatMap(({ line, input: { email, external_id } }) => [
    ...(there.emails.has(email)
      ? [{ line, field: "email", message: "is another customer’s" }]
      : []),
    ...(external_id && there.externalIds.has(external_id)
      ? [{ line, field: "external_id", message: "is another customer’s" }]
      : []),
  ]);
}

function checked(
  ctx: Ctx,
  right: number,
  errors: LineError[],
  ignored_columns: string[],
): Import {
  const isWrong = new Set(errors.map(({ line }) => line));
  return {
    ...{ id: null, status: "checked", total: right },
    ...{ made: 0, refused: isWrong.size, removed: 0, kept: 0 },
    ignored_columns,
    errors: errors.slice(0, listed),
    error_count: errors.length,
    created_at: ctx.now().toISOString(),
    finished_at: null,
  };
}

function wrongLines(errors: LineError[]): DomainError {
  const [first] = errors;
  return new DomainError(
    "VALIDATION_FAILED",
    `The file has ${errors.length} errors, so nothing was imported. Line ${first?.line}: ${first?.field ?? ""} ${first?.message}`,
    {
      fields: errors.slice(0, listed).map(({ line, field, message }) => ({
        field: `body.csv.${line}${field === null ? "" : `.${field}`}`,
        message,
      })),
    },
  );
}

async function told(
  tx: TxCtx,
  action: "import.created" | "import.undone",
  { id, total, made }: StoredImport,
): Promise<void> {
  await record(tx, {
    action,
    target: { kind: "import", id },
    before: null,
    after: { customers: action === "import.created" ? total : made },
  });
  await emit(tx, { name: action, payload: { import_id: id } });
}

function shown(
  { actor, request_id, ...rest }: StoredImport,
  errors: LineError[],
): Import {
  return {
    ...rest,
    ignored_columns: [],
    errors,
    error_count: rest.refused + rest.kept,
  };
}
