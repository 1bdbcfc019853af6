import type { Permission } from "@/shared/permissions";

type Area = { id: string; label: string; about: string };

/** What permissions are about, in the order in which they are shown. */
export const permissionAreas: readonly Area[] = [
  { id: "access", label: "Access checks", about: "Decide on calls" },
  { id: "usage", label: "Usage", about: "Events and figures" },
  { id: "customers", label: "Customers", about: "Accounts and limits" },
  { id: "keys", label: "API keys", about: "Customers’ secrets" },
  { id: "plans", label: "Plans", about: "What is sold" },
  { id: "billing", label: "Billing", about: "Invoices and payments" },
  { id: "licenses", label: "Licenses", about: "Keys of software" },
  { id: "tenants", label: "Tenants", about: "Provisioned instances" },
  { id: "support", label: "Support", about: "Tickets" },
  { id: "reports", label: "Reports", about: "Figures of the business" },
  { id: "webhooks", label: "Webhooks", about: "Events sent out" },
  { id: "settings", label: "Settings", about: "And service tokens" },
  { id: "staff", label: "Staff", about: "The team and its roles" },
  { id: "audit", label: "Audit log", about: "Who did what" },
];

const verbs: Record<string, string> = {
  read: "Read",
  write: "Change",
  erase: "Erase",
  check: "Check",
};

/** An area with those of the given permissions that belong to it. */
export type PermissionGroup = Area & {
  choices: { permission: Permission; verb: string }[];
};

/** Permissions by area; areas without one are left out. */
export function groupPermissions(
  permissions: Iterable<Permission>,
): PermissionGroup[] {
  const all = [...permissions];
  return permissionAreas
    .map((area) => ({
      ...area,
      choices: all
        .filter((permission) => permission.startsWith(`${area.id}:`))
        .map((permission) => ({
          permission,
          verb: verbs[permission.slice(area.id.length + 1)] ?? permission,
        })),
    }))
    .filter(({ choices }) => choices.length > 0);
}
