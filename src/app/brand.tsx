import { headers } from "next/headers";
import { settings } from "@/modules/settings";
import { publicCtx } from "@/platform/request-context";
import { accentCss } from "@/shared/accent";
import type { BrandProps } from "@/ui/shell/brand";

/** The seller's name and logo, for the portal and the pages where one signs in. */
export async function sellerBrand(href: string): Promise<BrandProps> {
  const { company, portal } = await settings(publicCtx(null));
  const { logo_url } = portal;
  return { name: company.name, href, ...(logo_url && { logoUrl: logo_url }) };
}

/** The titles of the seller's pages: "Sign in · Acme". */
export async function sellerTitles() {
  const { company } = await settings(publicCtx(null));
  return { default: company.name, template: `%s · ${company.name}` };
}

/** The seller's accent for all that is on the page; nothing where the app's own will do. */
export async function SellerAccent() {
  const { portal } = await settings(publicCtx(null));
  const css = portal.accent && accentCss(portal.accent);
  if (!css) return null;
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  // Made of hex digits only: accentCss answers null for anything else.
  return <style nonce={nonce} dangerouslySetInnerHTML={{ __html: css }} />;
}
