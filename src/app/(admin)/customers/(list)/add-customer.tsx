"use client";

import { Plus, Upload } from "lucide-react";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";

/** Opens the form of a new customer, or the import of many. */
export function AddCustomer() {
  const { open } = useDialogUrl();
  return (
    <>
      <Button icon={<Upload />} onPress={() => void open("import")}>
        Import
      </Button>
      <Button
        variant="primary"
        icon={<Plus />}
        onPress={() => void open("create")}
      >
        Add customer
      </Button>
    </>
  );
}
