"use client";

import { QueryProvider } from "@/client/query";
import {
  AddLicenseDialog,
  type AddLicenseDialogProps,
} from "./add-license-dialog";

/** The dialog of a page that reads nothing else in the browser. */
export default function AddAnyDialog(props: AddLicenseDialogProps) {
  return (
    <QueryProvider>
      <AddLicenseDialog {...props} />
    </QueryProvider>
  );
}
