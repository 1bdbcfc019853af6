import type { Metadata } from "next";
import type { ReactNode } from "react";
import { SellerAccent, sellerTitles } from "@/app/brand";

export async function generateMetadata(): Promise<Metadata> {
  return { title: await sellerTitles() };
}

/** The pages where one signs in, under the seller's name. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <SellerAccent />
      {children}
    </>
  );
}
