"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";

const AddAnyDialog = dynamic(() => import("./add-any-dialog"), { ssr: false });

/** The button that adds a license to a customer of one's choice, and `?show=add-license`. */
export function AddLicense({ mayBill }: { mayBill: boolean }) {
  const { show, open } = useDialogUrl();
  return (
    <>
      <Button
        variant="primary"
        icon={<Plus />}
        onPress={() => void open("add-license")}
      >
        Add license
      </Button>
      {show === "add-license" ? <AddAnyDialog mayBill={mayBill} /> : null}
    </>
  );
}
