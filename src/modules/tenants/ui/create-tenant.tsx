"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import type { CreateTenantDialogProps } from "./create-tenant-dialog";

const CreateTenantDialog = dynamic(() => import("./create-tenant-dialog"), {
  ssr: false,
});

/** The button that creates a tenant, and `?show=create-tenant`. */
export function CreateTenant(props: Omit<CreateTenantDialogProps, "onClose">) {
  const { show, open, close } = useDialogUrl();
  return (
    <>
      <Button
        variant="primary"
        icon={<Plus />}
        onPress={() => void open("create-tenant")}
      >
        Create tenant
      </Button>
      {show === "create-tenant" ? (
        <CreateTenantDialog {...props} onClose={() => void close()} />
      ) : null}
    </>
  );
}
