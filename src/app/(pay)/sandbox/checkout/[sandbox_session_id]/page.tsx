import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { sellerBrand } from "@/app/brand";
import { getSandboxSession } from "@/modules/payments";
import { SandboxCheckout } from "@/modules/payments/ui/sandbox-checkout";
import { publicCtx } from "@/platform/request-context";
import { AuthShell } from "@/ui/shell/auth-shell";

export const metadata: Metadata = {
  title: "Sandbox checkout",
  referrer: "no-referrer",
};

type Given = { params: Promise<{ sandbox_session_id: string }> };

/** The checkout page of the sandbox; there is none in production. */
export default async function SandboxCheckoutPage({ params }: Given) {
  const { sandbox_session_id } = await params;
  const first = await getSandboxSession(
    publicCtx(null),
    sandbox_session_id,
  ).catch(() => notFound());
  return (
    <AuthShell brand={await sellerBrand("/portal")} title="Checkout">
      <SandboxCheckout first={first} />
    </AuthShell>
  );
}
