"use client";

import { QueryProvider, useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { IssueKeyDialog } from "@/modules/keys/ui/issue-key-dialog";
import { KeyDialogs } from "@/app/key-dialogs";

export type OwnKeyDialogsProps = {
  /** How a new key is tried, with {key} for it. */
  firstCall: string | null;
};

/** The dialog that the address names: to issue a key, or about one. */
export default function OwnKeyDialogs(props: OwnKeyDialogsProps) {
  return (
    <QueryProvider>
      <Shown {...props} />
    </QueryProvider>
  );
}

function Shown({ firstCall }: OwnKeyDialogsProps) {
  const { show, close } = useDialogUrl();
  const done = useDone(useRefresh());
  return show === "issue-key" ? (
    <IssueKeyDialog
      firstCall={firstCall}
      onClose={() => void close()}
      onDone={done}
    />
  ) : (
    <KeyDialogs withCheck={false} />
  );
}
