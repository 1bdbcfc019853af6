import type { Metadata } from "next";
import { sellerBrand } from "@/app/brand";
import { getPayView } from "@/modules/invoices";
import type { PayView } from "@/modules/invoices/contract";
import { PaySheet } from "@/modules/invoices/ui/pay-sheet";
import { publicCtx } from "@/platform/request-context";
import { DomainError } from "@/shared/errors";
import { LinkButton } from "@/ui/controls/link-button";
import { AuthShell } from "@/ui/shell/auth-shell";
import { PayNow } from "./pay-now";

export const metadata: Metadata = {
  title: "Invoice",
  referrer: "no-referrer",
  robots: { index: false },
};

type Given = { params: Promise<{ token: string }> };

/** What a pay link is for; whoever holds it needs no sign-in. */
export default async function PayPage({ params }: Given) {
  const { token } = await params;
  const view = await viewOf(token);
  const brand = await sellerBrand("/portal");
  if (!view)
    return (
      <AuthShell
        brand={brand}
        title="This link no longer works"
        description="Open the whole link of the mail, or sign in to see your invoices."
      >
        <LinkButton href="/sign-in" variant="primary" className="w-full">
          Go to sign in
        </LinkButton>
      </AuthShell>
    );
  return (
    <AuthShell
      brand={brand}
      title={`Invoice ${view.number}`}
      description={`From ${view.seller?.name ?? "us"} to ${view.buyer_name}`}
    >
      <PaySheet view={view} />
      {view.is_payable ? <PayNow token={token} due={view.due} /> : null}
    </AuthShell>
  );
}

async function viewOf(token: string): Promise<PayView | null> {
  try {
    return await getPayView(publicCtx(null), token);
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
