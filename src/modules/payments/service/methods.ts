import { record } from "@/modules/audit";
import { getVisibleCustomer, holdCustomer } from "@/modules/customers";
import { addJob } from "@/platform/add-job";
import { authorize, owned, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { emit } from "@/platform/outbox";
import { DomainError, notFound } from "@/shared/errors";
import type { PaymentMethod } from "../contract/methods";
import type { HostedName } from "../contract/parts";
import type { ProviderMethod } from "../provider";
import {
  findCustomerOf,
  findExpiring,
  findExternalId,
  findKnownMethod,
  findMethod,
  findMethods,
  markCustomerGone,
  markDetached,
  markExpiryTold,
  setDefault,
  upsertMethod,
} from "../queries/methods";

/** The job that takes a method off at its provider. */
export const detachTask = "payments_detach_method";

/** A customer's ways to pay, the default first. Needs billing:read; throws NOT_FOUND. */
export async function listMethods(
  ctx: Ctx,
  customerId: string,
): Promise<{ items: PaymentMethod[] }> {
  authorize(ctx, "billing:read");
  await getVisibleCustomer(ctx, customerId);
  return { items: await findMethods(ctx, customerId) };
}

/** One's own ways to pay. Needs billing:read. */
export async function listOwnMethods(
  ctx: Ctx,
): Promise<{ items: PaymentMethod[] }> {
  if (ctx.actor.kind !== "customer") throw notFound("customer");
  return listMethods(ctx, ctx.actor.customerId);
}

/** Charge this one from now on. Needs billing:write; throws NOT_FOUND, CONFLICT once it expired. */
export async function makeDefaultMethod(
  ctx: Ctx,
  id: string,
): Promise<PaymentMethod> {
  authorize(ctx, "billing:write", "payment_methods");
  return transaction(ctx, async (tx) => {
    const before = await hold(tx, id);
    if (before.is_expired)
      throw new DomainError(
        "CONFLICT",
        "This card has expired. Add another one, and make that the default.",
      );
    await setDefault(tx, before.customer_id, id);
    const after = await hold(tx, id);
    await told(tx, "payment_method.made_default", before, after);
    return after;
  });
}

/**
 * Remove a way to pay: here at once, and at its provider by a job. The next one that has not
 * expired becomes the default. Needs billing:write; throws NOT_FOUND.
 */
export async function removeMethod(
  ctx: Ctx,
  id: string,
): Promise<{ id: string; deleted: true }> {
  authorize(ctx, "billing:write", "payment_methods");
  return transaction(ctx, async (tx) => {
    const method = await hold(tx, id);
    await detach(tx, method);
    await addJob(tx, detachTask, {
      provider: method.provider,
      provider_method_id: method.provider_method_id,
    });
    return { id, deleted: true };
  });
}

/** Keep what a provider says of a way to pay. The first of a customer becomes its default. */
export async function keepMethod(
  tx: TxCtx,
  provider: HostedName,
  method: ProviderMethod,
): Promise<string | null> {
  const known = await findKnownMethod(tx, provider, method.providerMethodId);
  const customerId =
    (method.externalId &&
      (await findCustomerOf(tx, provider, method.externalId))) ??
    known?.customer_id;
  if (!customerId) return "The payment method is of no customer here.";
  await holdCustomer(tx, customerId);
  if (!method.isAttached) {
    const held = known?.isAttached ? await findMethod(tx, known.id) : null;
    if (held) await detach(tx, held);
    return null;
  }
  const id = await upsertMethod(tx, provider, customerId, method);
  const all = await findMethods(tx, customerId);
  if (method.isDefault || !all.some(({ is_default }) => is_default))
    await setDefault(tx, customerId, id);
  if (known?.isAttached) return null;
  const made = await findMethod(tx, id);
  if (made) await told(tx, "payment_method.added", null, made);
  return null;
}

/** A customer is gone at its provider, and so are its ways to pay there. */
export async function forgetCustomer(
  tx: TxCtx,
  provider: HostedName,
  externalId: string,
): Promise<string | null> {
  const customerId = await findCustomerOf(tx, provider, externalId);
  if (!customerId) return "The customer is none of this app.";
  await holdCustomer(tx, customerId);
  const isCurrent =
    (await findExternalId(tx, provider, customerId)) === externalId;
  if (!isCurrent) return null;
  const methods = await findMethods(tx, customerId);
  for (const method of methods)
    if (method.provider === provider) await detach(tx, method);
  await markCustomerGone(tx, provider, customerId);
  return null;
}

/** Tell of cards that expire by the end of next month, each once for its date. */
export async function watchMethods(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const before = { year: now.getUTCFullYear(), month: now.getUTCMonth() + 3 };
  if (before.month > 12) {
    before.year += 1;
    before.month -= 12;
  }
  for (;;) {
    const found = await findExpiring(ctx, before, 100);
    if (found.length === 0) return;
    for (const { id, customer_id, ...method } of found)
      await transaction(ctx, async (tx) => {
        if (!(await markExpiryTold(tx, id))) return;
        await emit(tx, {
          name: "payment_method.expiring",
          payload: {
            payment_method_id: id,
            customer_id,
            brand: method.brand,
            last_four: method.last_four,
            expires_month: method.expires_month,
            expires_year: method.expires_year,
            is_default: method.is_default,
          },
        });
      });
  }
}

type Held = Awaited<ReturnType<typeof hold>>;

async function hold(tx: TxCtx, id: string) {
  const own = owned(tx);
  const found = await findMethod(tx, id, own);
  if (!found) throw notFound("payment method");
  await holdCustomer(tx, found.customer_id);
  const held = await findMethod(tx, id, own);
  if (!held) throw notFound("payment method");
  return held;
}

async function detach(tx: TxCtx, method: Held): Promise<void> {
  await markDetached(tx, method.id);
  await told(tx, "payment_method.removed", method, null);
  if (!method.is_default) return;
  const [next] = (await findMethods(tx, method.customer_id)).filter(
    ({ is_expired }) => !is_expired,
  );
  if (next) await setDefault(tx, method.customer_id, next.id);
}

async function told(
  tx: TxCtx,
  action: `payment_method.${string}`,
  before: Held | null,
  after: Held | null,
): Promise<void> {
  const method = after ?? before;
  if (!method) return;
  const { id, customer_id } = method;
  const shown = (held: Held | null) =>
    held && {
      provider: held.provider,
      kind: held.kind,
      brand: held.brand,
      last_four: held.last_four,
      is_default: held.is_default,
    };
  await record(tx, {
    action,
    target: { kind: "payment_method", id },
    customerId: customer_id,
    before: shown(before),
    after: shown(after),
  });
  await emit(tx, {
    name: action,
    payload: { payment_method_id: id, customer_id },
  });
}
