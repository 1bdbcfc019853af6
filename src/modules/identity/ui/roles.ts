import { roleName } from "@/ui/format/role-name";
import {
  staffPermissions,
  staffRoles,
  type Permission,
  type StaffRole,
} from "@/shared/permissions";

/** The staff roles that hold a permission, in words: "Owner, Admin, Billing or Viewer". */
export function rolesThatMay(permission: Permission): string {
  const names = staffRoles
    .filter((role) => staffPermissions[role].has(permission))
    .map(roleName);
  return new Intl.ListFormat("en", { type: "disjunction" }).format(names);
}

const about: Record<StaffRole, string> = {
  owner: "Everything, and makes other owners.",
  admin: "Everything but changing owners.",
  billing: "Plans, invoices, payments and licenses; sees usage and reports.",
  support: "Customers, their keys, licenses, tenants and tickets.",
  developer: "Keys, usage and webhooks; reads settings and the audit log.",
  viewer: "Sees customers, usage and reports, and changes nothing.",
};

/** Roles to choose from, each with what it is for. */
export function roleOptions(roles: readonly StaffRole[]) {
  return roles.map((role) => ({
    id: role,
    label: roleName(role),
    description: about[role],
  }));
}
