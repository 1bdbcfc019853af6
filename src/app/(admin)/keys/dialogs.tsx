"use client";

import { KeyDialogs } from "@/app/key-dialogs";
import { QueryProvider } from "@/client/query";

/** The dialogs about one key, with the cache that they read by. */
export default function Dialogs() {
  return (
    <QueryProvider>
      <KeyDialogs />
    </QueryProvider>
  );
}
