import type { Actor } from "@/platform/context";
import { staffPermissions, type StaffRole } from "@/shared/permissions";

/**
 * Whether the actor may give a role, or change somebody who has it: only an owner makes and changes
 * owners, and nobody gives permissions that they do not hold.
 */
export function mayHandleRole(actor: Actor, role: StaffRole): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind !== "staff") return false;
  if (role === "owner") return actor.role === "owner";
  const own = staffPermissions[actor.role];
  return [...staffPermissions[role]].every((permission) => own.has(permission));
}
