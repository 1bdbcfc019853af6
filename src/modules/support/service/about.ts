import { getVisibleCustomer } from "@/modules/customers";
import { getInvoice, listInvoices } from "@/modules/invoices";
import { getKey, listKeys } from "@/modules/keys";
import { getLicense, listLicenses } from "@/modules/licenses";
import { getSubscription, listSubscriptions } from "@/modules/subscriptions";
import { getTenant, listTenants } from "@/modules/tenants";
import {
  authorize,
  may,
  owned,
  type Ctx,
  type TxCtx,
} from "@/platform/context";
import { DomainError, invalid, notFound } from "@/shared/errors";
import type { Permission } from "@/shared/permissions";
import { aboutKinds, type AboutKind } from "../contract/parts";
import type { ThingQuery, TicketThing } from "../contract/things";

const perKind = 25;

/**
 * What a ticket of a customer can be about, as far as the actor may read it, newest first of each
 * kind. Needs support:read; throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function listThings(
  ctx: Ctx,
  query: ThingQuery,
): Promise<{ items: TicketThing[] }> {
  authorize(ctx, "support:read");
  const customerId = query.customer_id ?? owned(ctx);
  if (!customerId)
    throw invalid([
      { field: "query.customer_id", message: "is needed: say whose" },
    ]);
  await getVisibleCustomer(ctx, customerId);
  const found = await Promise.all(
    Object.values(kinds)
      .filter(({ permission }) => may(ctx.actor, permission))
      .map(({ list }) => list(ctx, customerId)),
  );
  const items = found.flat();
  const wanted = query.with;
  if (!wanted || items.some(({ id }) => id === wanted)) return { items };
  const one = await findThing(ctx, customerId, wanted);
  return { items: one ? [one, ...items] : items };
}

/** A thing of a customer; null where there is none, or the actor may not read it. */
export async function findThing(
  ctx: Ctx,
  customerId: string,
  id: string,
): Promise<TicketThing | null> {
  const { permission, get } = kinds[kindOf(id)];
  if (!may(ctx.actor, permission)) return null;
  try {
    const { customer_id, ...thing } = await get(ctx, id);
    return customer_id === customerId ? thing : null;
  } catch (error) {
    if (error instanceof DomainError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/**
 * Throws NOT_FOUND unless the thing is the customer's, and FORBIDDEN when the actor may not read
 * such things.
 */
export async function assertAbout(
  tx: TxCtx,
  customerId: string,
  id: string,
): Promise<void> {
  const thing = await kinds[kindOf(id)].get(tx, id);
  if (thing.customer_id !== customerId) throw notFound("thing of the customer");
}

type Kind = {
  permission: Permission;
  get: (ctx: Ctx, id: string) => Promise<TicketThing & { customer_id: string }>;
  list: (ctx: Ctx, customerId: string) => Promise<TicketThing[]>;
};

function kindOf(id: string): AboutKind {
  return aboutKinds[id.slice(0, 3) as keyof typeof aboutKinds]; // Safe: the contract asks for one of them.
}

function kind<K extends AboutKind, T extends { id: string; status: string }>(
  name: K,
  permission: Permission,
  nameOf: (thing: T) => string,
  get: (ctx: Ctx, id: string) => Promise<T & { customer_id: string }>,
  list: (
    ctx: Ctx,
    query: { customer_id: string; per_page: number },
  ) => Promise<{ items: T[] }>,
): Kind {
  const toThing = (thing: T): TicketThing => ({
    ...{ id: thing.id, kind: name, status: thing.status },
    name: nameOf(thing),
  });
  return {
    permission,
    get: async (ctx, id) => {
      const thing = await get(ctx, id);
      return { ...toThing(thing), customer_id: thing.customer_id };
    },
    list: async (ctx, customer_id) => {
      const { items } = await list(ctx, { customer_id, per_page: perKind });
      return items.map(toThing);
    },
  };
}

const kinds: Record<AboutKind, Kind> = {
  invoice: kind(
    "invoice",
    "billing:read",
    ({ number }) => number ?? "Draft",
    getInvoice,
    listInvoices,
  ),
  key: kind(
    "key",
    "keys:read",
    ({ name, prefix, last_four }) => `${name} (${prefix}…${last_four})`,
    getKey,
    listKeys,
  ),
  license: kind(
    "license",
    "licenses:read",
    ({ name, key }) => `${name} (…${key.slice(-4)})`,
    getLicense,
    listLicenses,
  ),
  subscription: kind(
    "subscription",
    "billing:read",
    ({ plan }) => plan.name,
    getSubscription,
    listSubscriptions,
  ),
  tenant: kind(
    "tenant",
    "tenants:read",
    ({ name, subdomain }) =>
      name === subdomain ? name : `${name} (${subdomain})`,
    getTenant,
    listTenants,
  ),
};
