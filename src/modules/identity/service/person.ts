import type { Actor, Ctx } from "@/platform/context";
import { DomainError } from "@/shared/errors";
import { findAccountById, type Account } from "../queries/people";

type Person = Extract<Actor, { kind: "staff" | "customer" }>;

/**
 * The signed-in person, for what is about themselves. Throws FORBIDDEN for programs, and for
 * staff who look at a customer's portal.
 */
export function refuseViewer(ctx: Ctx): Person {
  const { actor } = ctx;
  if (actor.kind !== "staff" && actor.kind !== "customer")
    throw new DomainError("FORBIDDEN", "Only a person who signed in may.");
  if (actor.kind === "customer" && actor.viewer)
    throw new DomainError(
      "FORBIDDEN",
      "You are viewing as a customer. Stop that first: this is about the account of a person.",
    );
  return actor;
}

/** The account of the signed-in person. */
export async function ownAccount(ctx: Ctx): Promise<Account> {
  const { userId } = refuseViewer(ctx);
  const account = await findAccountById(ctx, userId);
  if (!account)
    throw new DomainError("UNAUTHENTICATED", "Your account is gone.");
  return account;
}
