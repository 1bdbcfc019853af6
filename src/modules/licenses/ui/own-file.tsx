"use client";

import { FileKey } from "lucide-react";
import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import type { License } from "../contract";

const LicenseFileDialog = dynamic(
  () => import("./license-file-dialog").then((part) => part.LicenseFileDialog),
  { ssr: false },
);

/** The button for a license file of one's own, and `?show=file`. */
export function OwnFile({ license }: { license: License }) {
  const { show, open, close } = useDialogUrl();
  return (
    <>
      <Button icon={<FileKey />} onPress={() => void open("file")}>
        Offline file
      </Button>
      {show === "file" ? (
        <LicenseFileDialog license={license} onClose={() => void close()} />
      ) : null}
    </>
  );
}
