import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { EarlyScript } from "@/ui/early/early-script";
import { Providers } from "@/ui/providers";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Tollkeeper", template: "%s · Tollkeeper" },
  description:
    "Customers, keys, limits, usage, plans and invoices in one place.",
  robots: { index: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#0d0d0e" },
  ],
};

/** The html of every page. The CSP nonce comes as the request header `x-nonce`, when there is one. */
export default async function RootLayout({
  children,
}: {
  children: ReactNode;
}) {
  const sent = await headers();
  const nonce = sent.get("x-nonce") ?? undefined;
  return (
    // The theme's script sets data-theme before React hydrates.
    <html
      lang="en"
      suppressHydrationWarning
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <head>
        <EarlyScript nonce={nonce} />
      </head>
      <body data-request-id={sent.get("x-request-id") ?? undefined}>
        <Providers nonce={nonce}>{children}</Providers>
      </body>
    </html>
  );
}
