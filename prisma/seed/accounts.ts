import {
  addCustomerUser,
  addStaffWithPassword,
  issueServiceToken,
  issueSetupToken,
} from "@/modules/identity";
import { issueKey } from "@/modules/keys";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { randomText } from "@/shared/ids";
import { permissions } from "@/shared/permissions";
import type { SeededCustomer } from "./customers";

type SignIn = { email: string; password: string };
export type Accounts = {
  admin: SignIn;
  portal: SignIn;
  service_token: string;
  api_key: string;
};

/** Whether somebody owns this installation. */
export async function isSeeded(ctx: Ctx): Promise<boolean> {
  return (await issueSetupToken(ctx)) === null;
}

/** An owner, a user of the first customer, a token that may do everything, and a key. */
export async function addAccounts(
  ctx: Ctx,
  [first]: SeededCustomer[],
): Promise<Accounts> {
  if (!first) throw new Error("The scenario made no customer");
  const portal = { email: first.email, password: randomText(20) };
  await transaction(ctx, (tx) =>
    addCustomerUser(tx, {
      ...portal,
      customerId: first.id,
      full_name: first.full_name,
      role: "owner",
    }),
  );
  const { key } = await issueKey(ctx, {
    customer_id: first.id,
    name: "Quickstart",
  });
  const { token } = await issueServiceToken(ctx, {
    name: "Quickstart",
    scopes: [...permissions],
  });
  // The owner comes last: its presence says that the seed was finished.
  const admin = { email: "owner@example.com", password: randomText(20) };
  await addStaffWithPassword(ctx, {
    ...admin,
    full_name: "Olive Owner",
    role: "owner",
  });
  return { admin, portal, service_token: token, api_key: key };
}
