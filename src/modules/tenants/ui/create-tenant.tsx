"use client";

import { Import, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import type { CreateTenantDialogProps } from "./create-tenant-dialog";

const CreateTenantDialog = dynamic(() => import("./create-tenant-dialog"), {
  ssr: false,
});
const AdoptTenantDialog = dynamic(() => import("./adopt-tenant-dialog"), {
  ssr: false,
});

/**
 * The button that creates a tenant, and `?show=create-tenant`; for staff beside it the one that
 * adopts one, and `?show=adopt-tenant`.
 */
export function CreateTenant(props: Omit<CreateTenantDialogProps, "onClose">) {
  const { show, open, close } = useDialogUrl();
  const isStaff = props.under === "/tenants";
  const onClose = () => void close();
  return (
    <>
      {isStaff ? (
        <Button icon={<Import />} onPress={() => void open("adopt-tenant")}>
          Adopt
          <span className="sr-only"> a tenant</span>
        </Button>
      ) : null}
      <Button
        variant="primary"
        icon={<Plus />}
        onPress={() => void open("create-tenant")}
      >
        Create tenant
      </Button>
      {show === "create-tenant" ? (
        <CreateTenantDialog {...props} onClose={onClose} />
      ) : null}
      {show === "adopt-tenant" && isStaff ? (
        <AdoptTenantDialog customer={props.customer} onClose={onClose} />
      ) : null}
    </>
  );
}
