"use client";

import { ThemeProvider as NextThemes } from "next-themes";
import type { ReactNode } from "react";

export type ThemeProviderProps = {
  children: ReactNode;
  /** The page's CSP nonce, for the inline script that sets the theme before the first paint. */
  nonce?: string;
};

/** Light, dark or as the system has it, as `data-theme` on the html element. */
export function ThemeProvider({ children, nonce = "" }: ThemeProviderProps) {
  return (
    <NextThemes
      attribute="data-theme"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={nonce}
    >
      {children}
    </NextThemes>
  );
}
