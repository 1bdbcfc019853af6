import { assertUnchanged } from "@/modules/audit";
import { addCustomerUser } from "@/modules/identity";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { DomainError, invalid, notFound } from "@/shared/errors";
import { newId } from "@/shared/ids";
import { plainTaxId, taxIdProblem } from "@/shared/tax-id";
import { addSeconds } from "@/shared/time";
import type {
  Customer,
  CustomerInput,
  CustomerPatch,
  CustomerStatus,
} from "../contract";
import {
  addToTotals,
  deleteCustomer,
  insertCustomer,
  insertReading,
  lockBuyer,
  lockCurrency,
  lockCustomer,
  updateClock,
  updateCustomer,
  type NewCustomer,
  type TotalsChange,
} from "../queries/customers";
import { told } from "./told";

const day = 24 * 60 * 60;

/** What stands in the way of deleting a customer. */
export type Blocker = { kind: string; count: number };
export type BlockerCheck = (tx: TxCtx, customerId: string) => Promise<Blocker>;

/** Create a customer, and its first user when a password is given. Needs customers:write. */
export async function createCustomer(
  ctx: Ctx,
  input: CustomerInput,
): Promise<Customer> {
  authorize(ctx, "customers:write");
  assertTaxId(input.tax_id, input.country);
  const { email, password } = input;
  // The contract refuses input without either name.
  const fullName = input.full_name ?? input.name ?? "";
  return transaction(ctx, async (tx) => {
    const id = newId("cus");
    const customer = await insertCustomer(tx, id, {
      ...toRow(input),
      email,
      full_name: fullName,
      ...pick(input, "is_test"),
      ...(input.expiry_days !== undefined && {
        expires_at: addSeconds(tx.now(), input.expiry_days * day).toISOString(),
      }),
    });
    if (password)
      await addCustomerUser(tx, {
        customerId: id,
        email,
        full_name: fullName,
        role: "owner",
        password,
      });
    await told(tx, "customer.created", null, customer);
    return customer;
  });
}

/** Change the fields that are given. Needs customers:write; throws NOT_FOUND, CONFLICT. */
export async function changeCustomer(
  ctx: Ctx,
  id: string,
  patch: CustomerPatch,
): Promise<Customer> {
  return write(ctx, id, "customer.updated", async (tx, before) => {
    const { currency, password } = patch;
    if (patch.tax_id !== undefined || patch.country !== undefined)
      assertTaxId(
        patch.tax_id === undefined ? before.tax_id : patch.tax_id,
        patch.country === undefined ? before.country : patch.country,
      );
    if (currency && currency !== before.currency) refuseNewCurrency(before);
    const reading = pick(patch, "usage_percentage", "device_count");
    if (Object.keys(reading).length > 0) await insertReading(tx, id, reading);
    const customer = await updateCustomer(tx, id, toRow(patch));
    if (password)
      await addCustomerUser(tx, {
        customerId: id,
        email: customer.email,
        full_name: customer.full_name,
        role: "owner",
        password,
      });
    return customer;
  });
}

/** Set the status, with a reason for the log. Needs customers:write; throws NOT_FOUND. */
export async function setCustomerStatus(
  ctx: Ctx,
  id: string,
  { status, reason }: { status: CustomerStatus; reason?: string | undefined },
): Promise<Customer> {
  return write(
    ctx,
    id,
    "customer.status_changed",
    (tx) => updateCustomer(tx, id, { status }),
    reason === undefined ? {} : { reason },
  );
}

/** Record a reading that no event feeds. Needs customers:write; throws NOT_FOUND. */
export async function recordReading(
  ctx: Ctx,
  id: string,
  reading: {
    usage_percentage?: number | undefined;
    device_count?: number | undefined;
  },
): Promise<Customer> {
  return write(ctx, id, "customer.usage_recorded", async (tx) => {
    await insertReading(tx, id, reading);
    return updateCustomer(
      tx,
      id,
      pick(reading, "usage_percentage", "device_count"),
    );
  });
}

/**
 * Delete a customer that nothing depends on. Each check counts one kind of dependent; any that
 * finds some makes a CONFLICT that lists them all. Needs customers:write; throws NOT_FOUND.
 */
export async function removeCustomer(
  ctx: Ctx,
  id: string,
  checks: BlockerCheck[],
): Promise<{ id: string; deleted: true }> {
  authorize(ctx, "customers:write");
  return transaction(ctx, async (tx) => {
    const customer = await holdCustomer(tx, id);
    await assertUnchanged(tx, "customer", customer);
    const found: Blocker[] = [];
    for (const check of checks) found.push(await check(tx, id));
    const blockers = found.filter(({ count }) => count > 0);
    if (blockers.length > 0)
      throw new DomainError(
        "CONFLICT",
        `${customer.name} has ${blockers.map(({ kind, count }) => `${count} ${kind}`).join(", ")}, so it cannot be deleted. Archive it instead.`,
        { blockers, instead: "archive" },
      );
    await deleteCustomer(tx, id);
    await told(tx, "customer.deleted", customer, null);
    return { id, deleted: true };
  });
}

/**
 * Add to the totals that lists and stats show. For the modules that own what is counted, in the
 * transaction of their own write: money in minor units of the customer's currency, credit positive.
 */
export async function changeTotals(
  tx: TxCtx,
  id: string,
  change: TotalsChange,
): Promise<void> {
  await addToTotals(tx, { ...change, id });
}

/** Set the clock of a test customer, for the verb that runs what is due by it. */
export async function setClock(tx: TxCtx, id: string, at: Date): Promise<void> {
  await updateClock(tx, id, at);
}

/** The customer, locked until the transaction ends. Throws NOT_FOUND. */
export async function holdCustomer(tx: TxCtx, id: string): Promise<Customer> {
  const customer = await lockCustomer(tx, id);
  if (!customer) throw notFound("customer");
  return customer;
}

/** The same for bills, which do not ask what was used. Throws NOT_FOUND. */
export async function holdBuyer(tx: TxCtx, id: string): Promise<Customer> {
  const customer = await lockBuyer(tx, id);
  if (!customer) throw notFound("customer");
  return customer;
}

/** The same, of which only the currency is asked. Throws NOT_FOUND. */
export async function holdCurrency(tx: TxCtx, id: string): Promise<string> {
  const currency = await lockCurrency(tx, id);
  if (!currency) throw notFound("customer");
  return currency;
}

async function write(
  ctx: Ctx,
  id: string,
  action: `customer.${string}`,
  change: (tx: TxCtx, before: Customer) => Promise<Customer>,
  noted: Record<string, string> = {},
): Promise<Customer> {
  authorize(ctx, "customers:write");
  return transaction(ctx, async (tx) => {
    const before = await holdCustomer(tx, id);
    assertNotErased(before);
    await assertUnchanged(tx, "customer", before);
    const after = await change(tx, before);
    await told(tx, action, before, after, noted);
    return after;
  });
}

/** Throws CONFLICT for a customer that was erased: nobody's name is put there again. */
export function assertNotErased({ erased_at }: Customer): void {
  if (erased_at !== null)
    throw new DomainError(
      "CONFLICT",
      "This customer was erased, so it stays as it is. Create another one.",
    );
}

function assertTaxId(
  taxId: string | null | undefined,
  country: string | null | undefined,
): void {
  const problem = taxId && taxIdProblem(taxId, country ?? null);
  if (problem) throw invalid([{ field: "body.tax_id", message: problem }]);
}

function refuseNewCurrency(before: Customer): void {
  if (before.balance.amount === 0 && before.total_revenue.amount === 0) return;
  throw new DomainError(
    "CONFLICT",
    `${before.name} has money in ${before.currency}, so its currency stays. Settle the balance first, or create another customer.`,
    {
      fields: [
        { field: "currency", message: "cannot change with money booked" },
      ],
    },
  );
}

function toRow(input: CustomerPatch): Partial<NewCustomer> {
  const fullName = input.full_name ?? input.name;
  const status =
    input.status ??
    (input.is_active === undefined
      ? undefined
      : input.is_active
        ? "active"
        : "suspended");
  const direct = pick(
    input,
    "email",
    "company_name",
    "phone",
    "address",
    "country",
    "region",
    "is_tax_exempt",
    "currency",
    "time_zone",
    "language",
    "expires_at",
    "external_id",
    "metadata",
    "tags",
    "usage_percentage",
    "device_count",
  );
  const { tax_id } = input;
  return {
    ...direct,
    ...(tax_id !== undefined && { tax_id: tax_id && plainTaxId(tax_id) }),
    ...(fullName !== undefined && { full_name: fullName }),
    ...(status !== undefined && { status }),
  };
}

// Only the named fields that are given: an absent one must not become a null in the row.
function pick<T extends object, K extends keyof T>(from: T, ...names: K[]) {
  const given = names.filter((name) => from[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, from[name]])) as {
    [key in K]?: Exclude<T[key], undefined>; // Safe: undefined ones are left out above.
  };
}
