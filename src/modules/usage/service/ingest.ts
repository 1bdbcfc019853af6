import { customerNames } from "@/modules/customers";
import { ownersOfKeys } from "@/modules/keys";
import { authorize, type Ctx } from "@/platform/context";
import { gather } from "@/platform/gather";
import { singleton } from "@/platform/singleton";
import { utcDay } from "@/shared/time";
import { UsageEvent, type IngestResult } from "../contract";
import {
  acceptedAhead,
  acceptedBack,
  isInWindow,
  toStored,
  type StoredEvent,
} from "../event";
import { ensurePartitions, ingestEvents, type Booked } from "../queries";
import { dropLifetime } from "../queries/lifetime";

type Item = IngestResult["items"][number];

/**
 * Book events, each once ever: the events, their rollups and the proof of their ids commit
 * together. Those of a batch that cannot be taken are named and the rest are booked. Needs
 * usage:write; rejects when the database does not answer, and then nothing was booked.
 */
export async function ingestUsage(
  ctx: Ctx,
  body: UsageEvent | unknown[],
): Promise<IngestResult> {
  authorize(ctx, "usage:write");
  const items: Item[] = [];
  const parsed = (Array.isArray(body) ? body : [body]).map((raw, i) => {
    const result = UsageEvent.safeParse(raw);
    if (result.success) return result.data;
    items[i] = rejected(idOf(raw), "VALIDATION_FAILED", describe(result.error));
    return null;
  });
  const owners = await findOwners(ctx, parsed);
  const stored: { at: number; event: StoredEvent }[] = [];
  const now = ctx.now();
  for (const [at, event] of parsed.entries()) {
    if (!event) continue;
    const owner = owners(event);
    if (!owner)
      items[at] = rejected(event.id, "NOT_FOUND", unknownOwner(event));
    else if (event.occurred_at && !isInWindow(new Date(event.occurred_at), now))
      items[at] = rejected(event.id, "OUT_OF_WINDOW", outOfWindow);
    else stored.push({ at, event: toStored(event, owner, now) });
  }
  const booked = await ingestEvents(stored.map(({ event }) => event));
  for (const [i, { at, event }] of stored.entries())
    items[at] = toItem(event.id, booked[i]);
  return summarize(items);
}

/** An event for the seeds: its place is known, and its time may lie any way back. */
export type ImportedEvent = Partial<StoredEvent> &
  Pick<StoredEvent, "id" | "customer_id" | "key_id" | "occurred_at">;

/** Book events of any age. For seeds and imports; the caller is the system. */
export async function importUsage(
  ctx: Ctx,
  events: ImportedEvent[],
): Promise<void> {
  authorize(ctx, "usage:write");
  const times = events.map((event) => event.occurred_at).sort();
  const [first] = times;
  const last = times.at(-1);
  if (!first || !last) return;
  await ensurePartitions(new Date(first), new Date(last));
  for (let from = 0; from < events.length; from += 1_000) {
    const booked = await ingestEvents(
      events
        .slice(from, from + 1_000)
        .map(({ customer_id, key_id, ...event }) => ({
          ...toStored(
            { id: event.id, occurred_at: event.occurred_at },
            { customerId: customer_id, keyId: key_id },
            ctx.now(),
          ),
          ...event,
        })),
    );
    if (booked.includes(null)) throw new Error(tooLarge);
  }
  const owners = new Set(events.map(({ customer_id }) => customer_id));
  await dropLifetime(ctx, [...owners], utcDay(new Date(first)));
}

const outOfWindow = `occurred_at must lie between ${acceptedBack / 86_400} days back and ${acceptedAhead / 60} minutes ahead`;

const tooLarge =
  "its amounts, or what they cost by the price book, are too large to be booked; an event costs 1,000,000,000,000 USD at most";

type Owner = { customerId: string; keyId: string | null };
type Owners = (event: UsageEvent) => Owner | null;

// Owners of events that come one by one at the same time are found by one statement.
async function findOwners(
  ctx: Ctx,
  events: (UsageEvent | null)[],
): Promise<Owners> {
  const present = events.filter((event) => event !== null);
  const [event] = present;
  if (present.length !== 1 || !event) return findOwnersOfAll(ctx, present);
  const ask = singleton("usage-owner", () => gather(findOwnersTogether));
  const owner = await ask({ ctx, event });
  return () => owner;
}

async function findOwnersTogether(
  asked: { ctx: Ctx; event: UsageEvent }[],
): Promise<(Owner | null)[]> {
  const [first] = asked;
  if (!first) return [];
  const events = asked.map(({ event }) => event);
  // Any caller's context will do: each was authorised, and an owner is the same to all of them.
  return events.map(await findOwnersOfAll(first.ctx, events));
}

async function findOwnersOfAll(
  ctx: Ctx,
  events: UsageEvent[],
): Promise<Owners> {
  const keys = events.flatMap(({ key }) => key ?? []);
  const ids = events.flatMap(({ customer_id }) => customer_id ?? []);
  const [byKey, names] = await Promise.all([
    keys.length > 0 ? ownersOfKeys(ctx, keys) : new Map<string, Owner>(),
    ids.length > 0 ? customerNames(ctx, ids) : new Map<string, string>(),
  ]);
  return (event) => {
    if (event.key !== undefined) return byKey.get(event.key) ?? null;
    const { customer_id: customerId } = event;
    return customerId !== undefined && names.has(customerId)
      ? { customerId, keyId: null }
      : null;
  };
}

function unknownOwner(event: UsageEvent): string {
  return event.key === undefined
    ? "There is no such customer"
    : "This key is unknown";
}

function toItem(id: string, booked: Booked | null | undefined): Item {
  if (booked === undefined)
    throw new Error(`The event ${id} was booked without an answer`);
  if (booked === null) return rejected(id, "VALIDATION_FAILED", tooLarge);
  const { status, cost, isUnpriced } = booked;
  if (status === "conflict")
    return {
      id,
      status,
      code: "CONFLICT",
      error:
        "Another event of this customer has this id; give each event its own",
    };
  return {
    id,
    status,
    ...(cost !== null && { cost }),
    ...(isUnpriced && { unpriced: true }),
  };
}

function rejected(id: string | null, code: string, error: string): Item {
  return { id, status: "rejected", code, error };
}

function summarize(items: Item[]): IngestResult {
  const count = (...statuses: Item["status"][]) =>
    items.filter(({ status }) => statuses.includes(status)).length;
  return {
    accepted: count("accepted"),
    duplicates: count("duplicate"),
    rejected: count("rejected", "conflict"),
    items,
  };
}

function idOf(raw: unknown): string | null {
  const id = typeof raw === "object" && raw !== null && "id" in raw && raw.id;
  return typeof id === "string" ? id.slice(0, 200) : null;
}

function describe(error: {
  issues: { path: PropertyKey[]; message: string }[];
}): string {
  return error.issues
    .slice(0, 5)
    .map(({ path, message }) => `${path.map(String).join(".")}: ${message}`)
    .join("; ");
}
