import type { Metadata } from "next";
import { sellerBrand } from "@/app/brand";
import { findVisited } from "@/modules/tenants";
import { publicCtx } from "@/platform/request-context";
import { LinkButton } from "@/ui/controls/link-button";
import { AuthShell } from "@/ui/shell/auth-shell";

export const metadata: Metadata = {
  title: "Tenant",
  robots: { index: false },
};

type Given = { params: Promise<{ subdomain: string }> };

const said = {
  open: {
    title: "This site is running",
    description: "Open it at its own address.",
  },
  soon: {
    title: "This site is being made",
    description: "It opens within minutes. Try again then.",
  },
  closed: {
    title: "This site is not available",
    description:
      "It is suspended at the moment. If it is yours, sign in to see why.",
  },
  none: {
    title: "There is no site here",
    description: "Check the address: nobody has it.",
  },
};

/** What a visitor of a tenant reads when the tenant itself does not answer; see docs/tenants.md. */
export default async function VisitedTenantPage({ params }: Given) {
  const { subdomain } = await params;
  const { state, url } = await findVisited(publicCtx(null), subdomain);
  const brand = await sellerBrand("/portal");
  return (
    <AuthShell brand={brand} {...said[state]}>
      {state === "open" && url ? (
        <LinkButton href={url} variant="primary" className="w-full">
          Open it
        </LinkButton>
      ) : (
        <LinkButton href="/portal/tenants" className="w-full">
          Sign in
        </LinkButton>
      )}
    </AuthShell>
  );
}
