import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SellerAccent, sellerTitles } from "@/app/brand";

export async function generateMetadata(): Promise<Metadata> {
  return { title: await sellerTitles() };
}

/** The pages where one pays, under the seller's name. */
export default function PayLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SellerAccent />
      {children}
    </>
  );
}
