import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { sellerBrand } from "@/app/brand";
import { checkoutProgress } from "@/modules/payments";
import { Progress } from "@/modules/payments/ui/checkout-progress";
import { publicCtx } from "@/platform/request-context";
import { idOf } from "@/shared/ids";
import { AuthShell } from "@/ui/shell/auth-shell";

export const metadata: Metadata = {
  title: "Checkout",
  referrer: "no-referrer",
};

type Given = {
  params: Promise<{ checkout_id: string }>;
  /** `left`: the person came back without paying */
  searchParams: Promise<{ left?: string }>;
};

/** Where a browser comes back to from a provider's page. */
export default async function CheckoutPage({ params, searchParams }: Given) {
  const id = idOf("chk").safeParse((await params).checkout_id);
  if (!id.success) notFound();
  const first = await checkoutProgress(publicCtx(null), id.data).catch(() =>
    notFound(),
  );
  return (
    <AuthShell brand={await sellerBrand("/portal")} title="Checkout">
      <Progress
        first={first}
        hasLeft={(await searchParams).left !== undefined}
      />
    </AuthShell>
  );
}
