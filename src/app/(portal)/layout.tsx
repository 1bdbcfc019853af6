import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SellerAccent, sellerBrand, sellerTitles } from "@/app/brand";
import { customerCtx } from "@/http/page";
import { getVisibleCustomer } from "@/modules/customers";
import { roleName } from "@/ui/format/role-name";
import { countUnread } from "@/modules/notifications";
import { InboxLink } from "@/ui/shell/inbox-link";
import { PortalFrame } from "./frame";
import { unreachablePages } from "./unreachable-pages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: await sellerTitles() };
}

/** The customers' own area. */
export default async function PortalLayout({
  children,
}: {
  children: ReactNode;
}) {
  const ctx = await customerCtx();
  const { actor, email } = ctx;
  const [brand, unread, viewed, hidden] = await Promise.all([
    sellerBrand("/portal"),
    countUnread(ctx),
    actor.viewer ? getVisibleCustomer(ctx, actor.customerId) : null,
    unreachablePages(ctx),
  ]);
  return (
    <>
      <SellerAccent />
      <PortalFrame
        brand={brand}
        hidden={hidden}
        name={actor.name}
        email={email}
        role={viewed ? "Staff" : roleName(actor.role)}
        viewing={viewed?.name}
        tools={<InboxLink href="/portal/notifications" unread={unread} />}
      >
        {children}
      </PortalFrame>
    </>
  );
}
