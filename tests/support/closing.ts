import { createCustomer } from "@/modules/customers";
import { closeAccount } from "@/modules/privacy";
import type { Ctx } from "@/platform/context";
import type { Endpoint } from "@/shared/endpoint";
import { newId } from "@/shared/ids";
import { address } from "./random";

/** One of a customer's owners, who asks by themselves. */
export function asOwner(ctx: Ctx, customerId: string): Ctx {
  return {
    ...ctx,
    actor: {
      selfService: { off: new Set<never>(), contact: "" },
      ...({ kind: "customer", role: "owner", customerId } as const),
      ...{ userId: newId("usr"), name: "Olga Owner", sessionId: "" },
      ...{ hasTwoFactor: false, restriction: null },
    },
  };
}

/** A customer as an endpoint asks for it: one whose account closes, or any. */
export async function closingFor(
  ctx: Ctx,
  endpoint: Endpoint | undefined,
  any: () => Promise<string>,
): Promise<string> {
  if (endpoint?.id !== "privacy.cancelErasure") return any();
  const email = address();
  const { id } = await createCustomer(ctx, { email, full_name: "Closing" });
  await closeAccount(asOwner(ctx, id), { confirm: email });
  return id;
}
