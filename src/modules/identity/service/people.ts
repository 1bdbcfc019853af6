import { record } from "@/modules/audit";
import { authorize, type Ctx, type TxCtx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { hashSecret, isSecret, makeSecret } from "@/platform/secret";
import { DomainError } from "@/shared/errors";
import type { CustomerRole, StaffRole } from "@/shared/permissions";
import { addSeconds } from "@/shared/time";
import type { SetupInput } from "../contract";
import { hashPassword } from "../password-hash";
import {
  findAccount,
  findSetupLink,
  hasOwner,
  insertPerson,
  insertSetupLink,
  lockOwners,
  upsertMembership,
  useSetupLink,
} from "../queries/people";
import { refuseWeak } from "./strength";

const setupPrefix = "su_";
const purpose = "setup-link";
const setupSeconds = 24 * 60 * 60;

/**
 * A fresh one-time token for the set-up page, in place of any older one; null when there is an
 * owner already. For the start of the server and the command line.
 */
export async function issueSetupToken(ctx: Ctx): Promise<string | null> {
  return transaction(ctx, async (tx) => {
    await lockOwners(tx);
    if (await hasOwner(tx)) return null;
    const token = makeSecret(setupPrefix);
    const expires = addSeconds(tx.now(), setupSeconds);
    await insertSetupLink(tx, hashSecret(purpose, token), expires);
    return token;
  });
}

/** Whether a set-up token can still be used, for the page that asks for the owner's details. */
export async function isSetupOpen(ctx: Ctx, token: string): Promise<boolean> {
  if (!isSecret(setupPrefix, token) || (await hasOwner(ctx))) return false;
  return findSetupLink(ctx, hashSecret(purpose, token));
}

/** Make the first owner. Throws GONE when the link is used, expired or not needed any more. */
export async function setUpOwner(ctx: Ctx, input: SetupInput) {
  const { email, full_name, password } = input;
  await refuseWeak(ctx, password, email);
  const password_hash = await hashPassword(password);
  return transaction(ctx, async (tx) => {
    await lockOwners(tx);
    const fits =
      isSecret(setupPrefix, input.token) &&
      !(await hasOwner(tx)) &&
      (await useSetupLink(tx, hashSecret(purpose, input.token)));
    if (!fits)
      throw new DomainError(
        "GONE",
        "This set-up link has been used or has expired. Restart the server to get a new one, or sign in.",
      );
    const id = await addStaff(tx, email, full_name, "owner", password_hash);
    return { id, email, full_name };
  });
}

/** Check a new password's strength and hash it. Throws VALIDATION_FAILED. */
export async function hashNewPassword(
  ctx: Ctx,
  password: string,
  email: string,
): Promise<string> {
  await refuseWeak(ctx, password, email);
  return hashPassword(password);
}

/** Add a member of staff with a password, from the command line and the seeds. */
export async function addStaffWithPassword(
  ctx: Ctx,
  person: {
    email: string;
    full_name: string;
    role: StaffRole;
    password: string;
  },
): Promise<string> {
  authorize(ctx, "staff:write");
  await refuseWeak(ctx, person.password, person.email);
  const password_hash = await hashPassword(person.password);
  return transaction(ctx, (tx) =>
    addStaff(tx, person.email, person.full_name, person.role, password_hash),
  );
}

/**
 * Give a customer a user. A person who has an account keeps it and its password, and becomes one
 * of the customer's people; a new one must change the password at the first sign-in.
 */
export async function addCustomerUser(
  tx: TxCtx,
  person: {
    customerId: string;
    email: string;
    full_name: string;
    role: CustomerRole;
    password: string;
  },
): Promise<string> {
  const { customerId, email, full_name, role, password } = person;
  await refuseWeak(tx, password, email);
  const known = await findAccount(tx, email);
  const id =
    known?.id ??
    (await insertPerson(tx, {
      email,
      full_name,
      password_hash: await hashPassword(password),
      // Whoever gave the password vouches for the address.
      isVerified: true,
      must_change_password: tx.actor.kind !== "system",
    }));
  await upsertMembership(tx, id, customerId, role);
  await record(tx, {
    action: "member.added",
    target: { kind: "user", id },
    customerId,
    after: { email, role },
  });
  return id;
}

async function addStaff(
  tx: TxCtx,
  email: string,
  full_name: string,
  role: StaffRole,
  password_hash: string,
): Promise<string> {
  if (await findAccount(tx, email))
    throw new DomainError(
      "CONFLICT",
      `${email} has an account already. Use another address.`,
    );
  const id = await insertPerson(tx, {
    email,
    full_name,
    password_hash,
    isVerified: true,
    staff_role: role,
  });
  await record(tx, {
    action: "staff.added",
    target: { kind: "user", id },
    after: { email, full_name, role },
  });
  return id;
}
