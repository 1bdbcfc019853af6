import "server-only";
import type { CustomerActor, PageCtx } from "@/http/page";
import { listKeys } from "@/modules/keys";
import { listOwnMethods } from "@/modules/payments";
import { listSubscriptions } from "@/modules/subscriptions";
import { listTickets } from "@/modules/support";
import { listTenants } from "@/modules/tenants";
import { may } from "@/platform/context";
import type { Capability } from "@/shared/capabilities";
import type { Permission } from "@/shared/permissions";

type Ctx = PageCtx<CustomerActor>;

const one = { per_page: 1 };

type PortalPage = {
  href: string;
  permission: Permission;
  /** with these off, the page is of use only if it shows something */
  capabilities?: Capability[];
  isEmpty?: (ctx: Ctx) => Promise<boolean>;
};

const pages: PortalPage[] = [
  {
    href: "/portal/keys",
    permission: "keys:read",
    capabilities: ["keys"],
    isEmpty: async (ctx) => (await listKeys(ctx, one)).total === 0,
  },
  {
    href: "/portal/tenants",
    permission: "tenants:read",
    capabilities: ["tenants"],
    isEmpty: async (ctx) => (await listTenants(ctx, one)).total === 0,
  },
  {
    href: "/portal/plan",
    permission: "billing:read",
    capabilities: ["plan"],
    isEmpty: async (ctx) => (await listSubscriptions(ctx, one)).total === 0,
  },
  { href: "/portal/invoices", permission: "billing:read" },
  {
    href: "/portal/payment-methods",
    permission: "billing:read",
    capabilities: ["payment_methods"],
    isEmpty: async (ctx) => (await listOwnMethods(ctx)).items.length === 0,
  },
  {
    href: "/portal/support",
    permission: "support:read",
    capabilities: ["tickets"],
    isEmpty: async (ctx) => (await listTickets(ctx, one)).total === 0,
  },
];

/** The pages on which there is nothing for the viewer to see or to do. */
export async function unreachablePages(ctx: Ctx): Promise<string[]> {
  const idle = await Promise.all(pages.map((page) => isIdle(ctx, page)));
  return pages.filter((_, at) => idle[at]).map(({ href }) => href);
}

// Nothing is counted while all is switched on.
async function isIdle(
  ctx: Ctx,
  { permission, capabilities = [], isEmpty }: PortalPage,
): Promise<boolean> {
  const { actor } = ctx;
  if (!may(actor, permission)) return true;
  const { off } = actor.selfService;
  if (!isEmpty || !capabilities.every((name) => off.has(name))) return false;
  return isEmpty(ctx);
}
