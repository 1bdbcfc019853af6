"use client";

import { QueryProvider } from "@/client/query";
import { AddLicenseDialog } from "./add-license-dialog";

/** The dialog of a page that reads nothing else in the browser. */
export default function AddAnyDialog({ onClose }: { onClose: () => void }) {
  return (
    <QueryProvider>
      <AddLicenseDialog onClose={onClose} />
    </QueryProvider>
  );
}
