import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { newId } from "@/shared/ids";
import { toPage } from "@/shared/page";
import {
  priceFields,
  type CloseInput,
  type Price,
  type PriceInput,
  type PriceQuery,
  type Pricing,
} from "./contract";
import { nowOrLater, type Span } from "./price-span";
import {
  endPrice,
  findInForce,
  findOverlapping,
  findPrice,
  findPrices,
  findProviders,
  findReplaced,
  insertPrice,
  lockProvider,
  wasPriced,
  type PriceKey,
} from "./queries";

/** Prices by provider, model and context; those that ended only if asked for. Needs plans:read. */
export async function listPrices(ctx: Ctx, query: PriceQuery) {
  authorize(ctx, "plans:read");
  const { items, total } = await findPrices(ctx, query);
  return toPage(query, items, total);
}

/** The names of the providers that have a price, past ones too. Needs plans:read. */
export async function listProviders(ctx: Ctx): Promise<string[]> {
  authorize(ctx, "plans:read");
  return findProviders(ctx);
}

/** A price by public id. Needs plans:read; throws NOT_FOUND. */
export async function getPrice(ctx: Ctx, id: string): Promise<Price> {
  authorize(ctx, "plans:read");
  const price = await findPrice(ctx, id);
  if (!price) throw notFound("price");
  return price;
}

/** What providers' units cost now, by provider; for anybody. Decimal text in USD. */
export async function currentPricing(ctx: Ctx): Promise<Pricing> {
  const byProvider = new Map<string, Price[]>();
  for (const price of await findInForce(ctx))
    byProvider.set(price.provider, [
      ...(byProvider.get(price.provider) ?? []),
      price,
    ]);
  return {
    currency: "USD",
    at: ctx.now().toISOString(),
    providers: [...byProvider].map(([provider, prices]) => ({
      provider,
      prices,
    })),
  };
}

/**
 * Enter a price, from now unless a start is given. An open price of the same provider, model and
 * context ends as it begins. A start before now is only for a model that had no price since: what
 * was used before keeps its price. Needs plans:write; throws VALIDATION_FAILED, CONFLICT.
 */
export async function createPrice(ctx: Ctx, input: PriceInput): Promise<Price> {
  authorize(ctx, "plans:write");
  const { provider, model } = input;
  const key = { provider, model, contextAbove: input.context_above ?? 0 };
  return transaction(ctx, async (tx) => {
    await lockProvider(tx, provider);
    const span = await spanOf(tx, key, input);
    const replaced = await findReplaceable(tx, key, span);
    // First the end of the one, since two prices never hold at a time.
    const id = newId("prc");
    const ended = replaced && (await endPrice(tx, replaced.id, span.from, id));
    const made = await insertPrice(tx, {
      id,
      ...key,
      ...span,
      rates: ratesOf(input),
      cachedInInput: input.cached_in_input ?? true,
      reasoningInOutput: input.reasoning_in_output ?? true,
      source: input.source,
      createdBy: tx.actor.name,
    });
    if (ended) await told(tx, "price_book.closed", replaced, ended);
    await told(tx, "price_book.created", null, made);
    return made;
  });
}

/**
 * End a price, now or later. One that would end before it begins is withdrawn, and what it would
 * have replaced goes on. Needs plans:write; throws NOT_FOUND, VALIDATION_FAILED, CONFLICT.
 */
export async function closePrice(
  ctx: Ctx,
  id: string,
  { effective_to }: CloseInput,
): Promise<Price> {
  authorize(ctx, "plans:write");
  const { provider } = await priceToClose(ctx, id);
  return transaction(ctx, async (tx) => {
    await lockProvider(tx, provider);
    const before = await priceToClose(tx, id);
    const end = nowOrLater(instant(effective_to), tx.now());
    if (!end) throw refused("effective_to", "must not lie before now");
    if (before.effective_to && end >= new Date(before.effective_to))
      throw new DomainError(
        "CONFLICT",
        `This price ends at ${before.effective_to} already. For a price from then on, enter one.`,
      );
    const from = new Date(before.effective_from);
    const isWithdrawn = end <= from;
    const after = await endPrice(tx, id, isWithdrawn ? from : end, null);
    await told(tx, "price_book.closed", before, after);
    if (isWithdrawn) await reopenReplaced(tx, before);
    return after;
  });
}

async function priceToClose(ctx: Ctx, id: string): Promise<Price> {
  const price = await findPrice(ctx, id);
  if (!price) throw notFound("price");
  if (price.status === "past" || price.status === "withdrawn")
    throw new DomainError(
      "CONFLICT",
      `This price has ended at ${price.effective_to}. There is nothing to close.`,
    );
  return price;
}

/** What a withdrawn price would have replaced goes on, until the next one of its kind. */
async function reopenReplaced(tx: TxCtx, withdrawn: Price): Promise<void> {
  const before = await findReplaced(tx, withdrawn.id);
  if (!before) return;
  const from = new Date(withdrawn.effective_from);
  const [next] = await findOverlapping(tx, keyOf(withdrawn), {
    from,
    to: null,
  });
  const to = next ? new Date(next.effective_from) : null;
  const after = await endPrice(tx, before.id, to, next?.id ?? null);
  await told(tx, "price_book.reopened", before, after);
}

async function spanOf(
  tx: TxCtx,
  key: PriceKey,
  { effective_from, effective_to }: PriceInput,
): Promise<Span> {
  const now = tx.now();
  const asked = instant(effective_from);
  const to = instant(effective_to);
  const from = nowOrLater(asked, now) ?? asked ?? now;
  if (to && to <= from)
    throw refused("effective_to", "must lie after effective_from");
  const past = { from, to: to && to < now ? to : now };
  if (from < now && (await wasPriced(tx, key, past)))
    throw refused(
      "effective_from",
      "must not lie before now: this model had a price since, which what was used keeps",
    );
  return { from, to };
}

/** The open price that a new one ends; throws CONFLICT when another one is in its way. */
async function findReplaceable(
  tx: TxCtx,
  key: PriceKey,
  span: Span,
): Promise<Price | null> {
  const overlapping = await findOverlapping(tx, key, span);
  const isReplaceable = (price: Price) =>
    price.effective_to === null && new Date(price.effective_from) < span.from;
  const other = overlapping.find((price) => !isReplaceable(price));
  if (!other) return overlapping[0] ?? null;
  const advice =
    new Date(other.effective_from) > span.from
      ? `begins at ${other.effective_from}: let this one end then by effective_to, or close that one first`
      : `holds from ${other.effective_from} to ${other.effective_to ?? "further notice"}: begin after that, or close it first`;
  throw new DomainError(
    "CONFLICT",
    `Another price of this provider, model and context ${advice}.`,
    { price_id: other.id },
  );
}

function keyOf({ provider, model, context_above }: Price): PriceKey {
  return { provider, model, contextAbove: context_above };
}

function ratesOf(input: PriceInput) {
  const named = priceFields.map((name) => [name, input[name] ?? null]);
  // Safe: the names are those of the contract.
  const rates = Object.fromEntries(named) as Record<
    (typeof priceFields)[number],
    string | null
  >;
  return { ...rates, unit: input.unit ?? null };
}

function instant(text: string | null | undefined): Date | null {
  return text ? new Date(text) : null;
}

function refused(field: string, message: string): DomainError {
  return invalid([{ field: `body.${field}`, message }]);
}

async function told(
  tx: TxCtx,
  name: `price_book.${string}`,
  before: Price | null,
  after: Price,
): Promise<void> {
  await record(tx, {
    action: name,
    target: { kind: "price", id: after.id },
    before,
    after,
  });
  await emit(tx, { name, payload: { price_id: after.id } });
}
