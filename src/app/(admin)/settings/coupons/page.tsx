import type { Metadata } from "next";
import { soundParams, type SearchParams } from "@/client/sound-params";
import { staffCtx } from "@/http/page";
import { shown } from "@/http/shown";
import { rolesThatMay } from "@/modules/identity/ui/roles";
import { listCoupons } from "@/modules/invoices";
import { CouponQuery } from "@/modules/invoices/contract/coupons";
import { CouponList, NewCoupon } from "@/modules/invoices/ui/coupon-list";
import { may } from "@/platform/context";
import { NotAllowed } from "@/ui/display/empty-state";
import { PageHeader } from "@/ui/display/page-header";

export const metadata: Metadata = { title: "Coupons" };

type Given = { searchParams: Promise<SearchParams> };

/** The coupons that customers may use. */
export default async function CouponsPage({ searchParams }: Given) {
  const ctx = await staffCtx();
  if (!may(ctx.actor, "billing:read"))
    return (
      <>
        <PageHeader title="Coupons" />
        <NotAllowed
          act="see coupons"
          roles={rolesThatMay("billing:read")}
          permission="billing:read"
        />
      </>
    );
  const { page, per_page, include_archived } = CouponQuery.shape;
  const query = CouponQuery.parse({
    per_page: 50,
    ...soundParams({ page, per_page, include_archived }, await searchParams),
  });
  const found = await shown(ctx, listCoupons(ctx, query));
  const mayWrite = may(ctx.actor, "billing:write");
  return (
    <>
      <PageHeader
        title="Coupons"
        description="Codes that take something off a subscription."
        actions={mayWrite ? <NewCoupon /> : null}
      />
      <CouponList page={found} mayWrite={mayWrite} />
    </>
  );
}
