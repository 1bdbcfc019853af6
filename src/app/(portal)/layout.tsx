import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SellerAccent, sellerBrand, sellerTitles } from "@/app/brand";
import { customerCtx } from "@/http/page";
import { getVisibleCustomer } from "@/modules/customers";
import { findClosing } from "@/modules/privacy";
import { may } from "@/platform/context";
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
  const [brand, unread, viewed, hidden, closing] = await Promise.all([
    sellerBrand("/portal"),
    countUnread(ctx),
    actor.viewer ? getVisibleCustomer(ctx, actor.customerId) : null,
    unreachablePages(ctx),
    findClosing(ctx),
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
        closing={closing}
        mayKeep={may(actor, "account:close")}
        tools={<InboxLink href="/portal/notifications" unread={unread} />}
      >
        {children}
      </PortalFrame>
    </>
  );
}
