import {
  hashNewPassword,
  joinCustomer,
  registerPerson,
  verifyAddress,
} from "@/modules/identity";
import type { Ctx, TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { newId } from "@/shared/ids";
import { fullNameOf, type Registration } from "../contract/people";
import {
  findIdByEmail,
  insertCustomer,
  lockCustomer,
  updateCustomer,
} from "../queries/customers";
import { told } from "./told";

/**
 * Register a customer and its first person. The answer is the same, and takes as long, whether or
 * not anybody has the address: what is true comes by mail. Throws VALIDATION_FAILED.
 */
export async function registerCustomer(ctx: Ctx, input: Registration) {
  const { email, company_name } = input;
  const full_name = fullNameOf(input);
  const password_hash = await hashNewPassword(ctx, input.password, email);
  await transaction(ctx, async (tx) => {
    const userId = await registerPerson(tx, {
      email,
      full_name,
      password_hash,
    });
    if (userId)
      await makePending(tx, userId, { email, full_name, company_name });
  });
  return {
    message: `If nobody has registered ${email} yet, a mail with a link is on its way. Open it to go on.`,
  };
}

/**
 * Verify an address by its mailed link: a customer who registered with it becomes active. One
 * whom staff had added under that address, without people, gets its first owner. Throws GONE.
 */
export async function verifyEmail(ctx: Ctx, { token }: { token: string }) {
  return transaction(ctx, async (tx) => {
    const account = await verifyAddress(tx, token);
    const existing = await findIdByEmail(tx, account.email);
    const places = account.customers.map(({ id }) => id);
    if (existing && places.includes(existing)) await activate(tx, existing);
    if (existing && places.length === 0)
      await joinCustomer(tx, {
        userId: account.id,
        customerId: existing,
        role: "owner",
      });
    return { done: true as const, email: account.email };
  });
}

async function makePending(
  tx: TxCtx,
  userId: string,
  fields: Pick<Registration, "email" | "company_name"> & { full_name: string },
): Promise<void> {
  // Staff may have added the customer: it gets its owner once the address is verified.
  if (await findIdByEmail(tx, fields.email)) return;
  const id = newId("cus");
  const customer = await insertCustomer(tx, id, {
    email: fields.email,
    full_name: fields.full_name,
    company_name: fields.company_name ?? null,
    status: "pending",
  });
  await told(tx, "customer.registered", null, customer);
  await joinCustomer(tx, { userId, customerId: id, role: "owner" });
}

async function activate(tx: TxCtx, id: string): Promise<void> {
  const before = await lockCustomer(tx, id);
  if (before?.status !== "pending") return;
  const after = await updateCustomer(tx, id, { status: "active" });
  await told(tx, "customer.activated", before, after);
}
