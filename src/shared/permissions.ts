/** Every permission. A service token's scopes are the same words. */
export const permissions = [
  "customers:read",
  "customers:write",
  "customers:erase",
  "account:close",
  "members:read",
  "members:write",
  "keys:read",
  "keys:write",
  "usage:read",
  "usage:write",
  "plans:read",
  "plans:write",
  "billing:read",
  "billing:write",
  "licenses:read",
  "licenses:write",
  "tenants:read",
  "tenants:write",
  "support:read",
  "support:write",
  "reports:read",
  "settings:read",
  "settings:write",
  "staff:read",
  "staff:write",
  "audit:read",
  "webhooks:read",
  "webhooks:write",
  "access:check",
] as const;
export type Permission = (typeof permissions)[number];

export const staffRoles = [
  "owner",
  "admin",
  "billing",
  "support",
  "developer",
  "viewer",
] as const;
export type StaffRole = (typeof staffRoles)[number];

export const customerRoles = ["owner", "billing", "member"] as const;
export type CustomerRole = (typeof customerRoles)[number];

const every = new Set<Permission>(permissions);

/** What each staff role may do. */
export const staffPermissions: Record<StaffRole, ReadonlySet<Permission>> = {
  owner: every,
  admin: every,
  billing: new Set([
    "customers:read",
    "customers:write",
    "members:read",
    "keys:read",
    "usage:read",
    "plans:read",
    "billing:read",
    "billing:write",
    "licenses:read",
    "licenses:write",
    "tenants:read",
    "support:read",
    "reports:read",
  ]),
  support: new Set([
    "customers:read",
    "customers:write",
    "members:read",
    "members:write",
    "keys:read",
    "keys:write",
    "usage:read",
    "plans:read",
    "billing:read",
    "licenses:read",
    "licenses:write",
    "tenants:read",
    "tenants:write",
    "support:read",
    "support:write",
  ]),
  developer: new Set([
    "customers:read",
    "members:read",
    "keys:read",
    "keys:write",
    "usage:read",
    "usage:write",
    "plans:read",
    "licenses:read",
    "tenants:read",
    "settings:read",
    "audit:read",
    "webhooks:read",
    "webhooks:write",
    "access:check",
  ]),
  viewer: new Set([
    "customers:read",
    "members:read",
    "keys:read",
    "usage:read",
    "plans:read",
    "billing:read",
    "licenses:read",
    "tenants:read",
    "support:read",
    "reports:read",
  ]),
};

/** What each role of a customer's people may do with what belongs to that customer. */
export const customerPermissions: Record<
  CustomerRole,
  ReadonlySet<Permission>
> = {
  owner: new Set([
    "account:close",
    "members:read",
    "members:write",
    "keys:read",
    "keys:write",
    "usage:read",
    "billing:read",
    "billing:write",
    "licenses:read",
    "licenses:write",
    "tenants:read",
    "tenants:write",
    "support:read",
    "support:write",
  ]),
  billing: new Set([
    "members:read",
    "keys:read",
    "usage:read",
    "billing:read",
    "billing:write",
    "licenses:read",
    "support:read",
    "support:write",
  ]),
  member: new Set([
    "members:read",
    "keys:read",
    "keys:write",
    "usage:read",
    "licenses:read",
    "tenants:read",
    "support:read",
    "support:write",
  ]),
};

/** What staff may not do while they view the portal as a customer: money, secrets, people, speak for it. */
export const deniedToViewers: ReadonlySet<Permission> = new Set([
  "account:close",
  "billing:write",
  "keys:write",
  "members:write",
  "support:write",
]);
