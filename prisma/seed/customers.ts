import { createCustomer } from "@/modules/customers";
import type { Customer, CustomerInput } from "@/modules/customers/contract";
import { setBalance } from "@/modules/ledger";
import type { Ctx } from "@/platform/context";
import { later } from "./later";

export type SeededCustomer = Customer;

/** A customer to make: the input, how many days ago it joined, its credit in minor units. */
export type Plan = {
  input: CustomerInput;
  joinedDaysAgo: number;
  creditMinor?: number;
};

/** Make customers as they would have been made then, oldest first. */
export async function addCustomers(
  ctx: Ctx,
  plans: Plan[],
): Promise<SeededCustomer[]> {
  const made: SeededCustomer[] = [];
  for (const { input, joinedDaysAgo, creditMinor } of plans) {
    const then = later(ctx, -joinedDaysAgo * 24 * 60 * 60);
    const customer = await createCustomer(then, input);
    if (creditMinor)
      await setBalance(then, customer.id, {
        balance: { amount: creditMinor, currency: customer.currency },
        reason: "Opening credit",
      });
    made.push(customer);
  }
  return made;
}
