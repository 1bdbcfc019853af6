"use client";

import { QueryProvider } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { IssueKeyDialog } from "@/modules/keys/ui/issue-key-dialog";
import { KeyDialogs } from "@/app/key-dialogs";

/** The dialog that the address names: to issue a key, or about one. */
export default function OwnKeyDialogs() {
  return (
    <QueryProvider>
      <Shown />
    </QueryProvider>
  );
}

function Shown() {
  const { show, close } = useDialogUrl();
  return show === "issue-key" ? (
    <IssueKeyDialog onClose={() => void close()} />
  ) : (
    <KeyDialogs withCheck={false} />
  );
}
