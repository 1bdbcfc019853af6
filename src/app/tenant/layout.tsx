import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SellerAccent, sellerTitles } from "@/app/brand";

export async function generateMetadata(): Promise<Metadata> {
  return { title: await sellerTitles() };
}

/** What visitors of a tenant see, under the seller's name. */
export default function VisitorsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SellerAccent />
      {children}
    </>
  );
}
