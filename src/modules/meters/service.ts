import { assertUnchanged, record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { toPage } from "@/shared/page";
import {
  problemsOf,
  type Meter,
  type MeterInput,
  type MeterPatch,
  type MeterQuery,
} from "./contract";
import {
  findAllMeters,
  findMeter,
  findMeterByName,
  findMeters,
  insertMeter,
  lockMeter,
  updateMeter,
} from "./queries";

/** One page of meters; archived ones only if asked for. Needs plans:read. */
export async function listMeters(ctx: Ctx, query: MeterQuery) {
  authorize(ctx, "plans:read");
  const { items, total } = await findMeters(ctx, query);
  return toPage(query, items, total);
}

/** A meter by public id. Needs plans:read; throws NOT_FOUND. */
export async function getMeter(ctx: Ctx, id: string): Promise<Meter> {
  authorize(ctx, "plans:read");
  const meter = await findMeter(ctx, id);
  if (!meter) throw notFound("meter");
  return meter;
}

/**
 * Every meter's id, name, title and unit, archived ones too, for the verbs of other modules,
 * which have authorised.
 */
export async function knownMeters(ctx: Ctx) {
  return findAllMeters(ctx);
}

/** Create a meter, which counts events that come from now on. Needs plans:write; throws CONFLICT. */
export async function createMeter(ctx: Ctx, input: MeterInput): Promise<Meter> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const made = await insertMeter(tx, input);
    if (!made) throw await taken(tx, input.name);
    await told(tx, "meter.created", null, made);
    return made;
  });
}

/**
 * Change a meter. Once it was used only its title and unit change, and of one that came with the
 * app only the title. Needs plans:write; throws NOT_FOUND, CONFLICT, VALIDATION_FAILED.
 */
export async function changeMeter(
  ctx: Ctx,
  id: string,
  { is_archived, ...patch }: MeterPatch,
): Promise<Meter> {
  return change(ctx, id, "meter.updated", async (tx, before) => {
    refuseFixed(before, patch);
    if (is_archived) refuseSystem(before);
    const problems = problemsOf({ ...before, ...patch });
    if (problems.length > 0)
      throw invalid(
        problems.map(({ field, message }) => ({
          field: `body.${field}`,
          message,
        })),
      );
    const other =
      patch.name === undefined || patch.name === before.name
        ? null
        : await findMeterByName(tx, patch.name);
    if (other) throw await taken(tx, other.name);
    return updateMeter(tx, id, {
      ...given(patch),
      ...(is_archived !== undefined && {
        archived_at: is_archived ? tx.now() : null,
      }),
    });
  });
}

/**
 * Archive a meter; doing so twice is no error. Needs plans:write; throws NOT_FOUND, and CONFLICT
 * for one that came with the app.
 */
export async function archiveMeter(ctx: Ctx, id: string): Promise<Meter> {
  return change(ctx, id, "meter.archived", async (tx, before) => {
    refuseSystem(before);
    if (before.archived_at) return before;
    return updateMeter(tx, id, { archived_at: tx.now() });
  });
}

async function change(
  ctx: Ctx,
  id: string,
  action: `meter.${string}`,
  write: (tx: TxCtx, before: Meter) => Promise<Meter>,
): Promise<Meter> {
  authorize(ctx, "plans:write");
  return transaction(ctx, async (tx) => {
    const before = await lockMeter(tx, id);
    if (!before) throw notFound("meter");
    await assertUnchanged(tx, "meter", before);
    const after = await write(tx, before);
    if (after !== before) await told(tx, action, before, after);
    return after;
  });
}

function refuseSystem(meter: Meter) {
  if (!meter.is_system) return;
  throw new DomainError(
    "CONFLICT",
    `${meter.title} came with the app, so it cannot be archived. Leave it without quotas instead.`,
  );
}

function refuseFixed(before: Meter, patch: Omit<MeterPatch, "is_archived">) {
  const free = before.is_system
    ? ["title"]
    : before.is_used
      ? ["title", "unit"]
      : null;
  // Safe: the patch has fields of a meter only.
  const fixed = (Object.keys(patch) as (keyof typeof patch)[]).filter(
    (name) =>
      free &&
      !free.includes(name) &&
      patch[name] !== undefined &&
      patch[name] !== before[name],
  );
  if (fixed.length === 0) return;
  const why = before.is_system
    ? "came with the app: only its title can change"
    : "has counted something: only its title and unit can change";
  throw new DomainError(
    "CONFLICT",
    `${before.title} ${why}, and not ${fixed.join(", ")}. Create another meter, and archive this one.`,
    { fields: fixed.map((name) => ({ field: `body.${name}`, message: why })) },
  );
}

/** Without what the patch does not name. */
function given(patch: Omit<MeterPatch, "is_archived">): Partial<MeterInput> {
  const entries = Object.entries(patch);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

async function taken(tx: TxCtx, name: string): Promise<DomainError> {
  const other = await findMeterByName(tx, name);
  return new DomainError(
    "CONFLICT",
    other?.archived_at
      ? `An archived meter has the name ${name}. Bring that one back, or choose another name.`
      : `Another meter has the name ${name}. Choose another one.`,
    {
      ...(other && { meter_id: other.id }),
      fields: [{ field: "body.name", message: "is taken" }],
    },
  );
}

async function told(
  tx: TxCtx,
  name: `meter.${string}`,
  before: Meter | null,
  after: Meter,
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "meter", id: after.id },
    before,
    after,
  });
  await emit(tx, { name, payload: { meter_id: after.id } });
}
