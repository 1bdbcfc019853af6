"use client";

import { useRouter } from "next/navigation";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { I18nProvider, RouterProvider } from "react-aria-components";
import { Toaster } from "./display/toaster";
import { ThemeProvider } from "./theme/theme-provider";

export type ProvidersProps = {
  children: ReactNode;
  /** The page's CSP nonce. */
  nonce?: string;
  /** BCP 47; the same on the server and in the browser, whatever the browser prefers. */
  locale?: string;
};

/** What every page needs round it: theme, locale, client navigation of menus, URL state, toasts. */
export function Providers({
  children,
  nonce,
  locale = "en-US",
}: ProvidersProps) {
  const router = useRouter();
  return (
    <ThemeProvider nonce={nonce}>
      <I18nProvider locale={locale}>
        <RouterProvider navigate={(path) => router.push(path)}>
          <NuqsAdapter>{children}</NuqsAdapter>
          <Toaster />
        </RouterProvider>
      </I18nProvider>
    </ThemeProvider>
  );
}
