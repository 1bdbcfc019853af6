import {
  staffPermissions,
  staffRoles,
  type CustomerRole,
  type Permission,
  type StaffRole,
} from "@/shared/permissions";

/** A role as it is shown: "Owner". */
export function roleName(role: StaffRole | CustomerRole): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}

/** The staff roles that hold a permission, in words: "Owner, Admin, Billing or Viewer". */
export function rolesThatMay(permission: Permission): string {
  const names = staffRoles
    .filter((role) => staffPermissions[role].has(permission))
    .map(roleName);
  return new Intl.ListFormat("en", { type: "disjunction" }).format(names);
}
