"use client";

import { Plus } from "lucide-react";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";

/** Opens the form of a new customer. */
export function AddCustomer() {
  const { open } = useDialogUrl();
  return (
    <Button
      variant="primary"
      icon={<Plus />}
      onPress={() => void open("create")}
    >
      Add customer
    </Button>
  );
}
