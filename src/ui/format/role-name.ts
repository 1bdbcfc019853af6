import type { CustomerRole, StaffRole } from "@/shared/permissions";

/** A role as it is shown: "Owner". */
export function roleName(role: StaffRole | CustomerRole): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}
