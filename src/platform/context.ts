import {
  askFor,
  type Capability,
  type SelfService,
} from "@/shared/capabilities";
import { DomainError } from "@/shared/errors";
import {
  customerPermissions,
  deniedToViewers,
  staffPermissions,
  type CustomerRole,
  type Permission,
  type StaffRole,
} from "@/shared/permissions";
import type { Db } from "./db";
import type { Claim } from "./idempotency";
import type { Logger } from "./log";
import type { Lane } from "./together";

/** What a person must do before anything else: choose a password, turn on two-factor. */
export type Restriction = "password" | "two_factor";

/** What a signed-in person brings along. */
type Person = {
  userId: string;
  name: string;
  sessionId: string;
  hasTwoFactor: boolean;
  restriction: Restriction | null;
};

/** Who asks. Ids are public ids; `name` is what the audit log shows. */
export type Actor =
  | (Person & { kind: "staff"; role: StaffRole })
  | (Person & {
      kind: "customer";
      role: CustomerRole;
      customerId: string;
      selfService: SelfService;
      /** the member of staff who looks at the portal as this customer; `name` is the customer's */
      viewer?: { userId: string; name: string };
    })
  | {
      kind: "service";
      tokenId: string;
      name: string;
      scopes: ReadonlySet<string>;
    }
  | { kind: "system"; name: string }
  | { kind: "public"; name: string };

/** What every verb of every module gets first. */
export type Ctx = {
  actor: Actor;
  requestId: string;
  /** the caller's address as the trusted proxies tell it; null in jobs */
  ip: string | null;
  /** the caller's program as it names itself; null in jobs */
  userAgent: string | null;
  db: Db;
  log: Logger;
  now(): Date;
  /** the database did not answer who asks: what goes on without it need not ask it again */
  isDatabaseAway?: boolean;
  /** of a POST with an Idempotency-Key: marked as done in the transaction of the write */
  claim?: Claim;
  /** the versions that the caller's If-Match allows to change; none: any */
  ifMatch?: ReadonlySet<string>;
  /** of one of the things that `together()` works on: its queries wait for those of the others */
  lane?: Lane;
};

/** A context inside `transaction()`: audit rows and events can only be written with one. */
export type TxCtx = Ctx & { inTransaction: true };

/**
 * Whether the actor holds a permission; of a customer's people also, whether the seller leaves the
 * capability to them.
 */
export function may(
  actor: Actor,
  permission: Permission,
  capability?: Capability,
): boolean {
  return holds(actor, permission) && !withheld(actor, capability);
}

function holds(actor: Actor, permission: Permission): boolean {
  switch (actor.kind) {
    case "staff":
      return staffPermissions[actor.role].has(permission);
    case "customer":
      return (
        customerPermissions[actor.role].has(permission) &&
        !(actor.viewer && deniedToViewers.has(permission))
      );
    case "service":
      return actor.scopes.has(permission);
    case "system":
      return true;
    case "public":
      return false;
    default:
      return actor satisfies never;
  }
}

/** Throws FORBIDDEN, naming the missing permission or whom to ask, unless the actor may. */
export function authorize(
  ctx: Ctx,
  permission: Permission,
  capability?: Capability,
): void {
  if (!holds(ctx.actor, permission))
    throw new DomainError(
      "FORBIDDEN",
      `This needs the permission ${permission}. Ask an owner to give it to you.`,
      { permission },
    );
  const kept = withheld(ctx.actor, capability);
  if (kept)
    throw new DomainError(
      "FORBIDDEN",
      `The seller has switched this off. ${askFor(kept.capability, kept.contact)}`,
      { capability: kept.capability },
    );
}

// What the seller keeps to itself, and whom to ask for it.
function withheld(actor: Actor, capability: Capability | undefined) {
  if (actor.kind !== "customer" || !capability) return null;
  const { off, contact } = actor.selfService;
  return off.has(capability) ? { capability, contact } : null;
}

/** The scope of what the actor may see: its customer's public id, or null for no restriction. */
export function owned(ctx: Ctx): string | null {
  return ctx.actor.kind === "customer" ? ctx.actor.customerId : null;
}
