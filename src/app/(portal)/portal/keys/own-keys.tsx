"use client";

import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import type { OwnKeyDialogsProps } from "./own-key-dialogs";
import { KeysPanel, type KeysPanelProps } from "@/modules/keys/ui/keys-panel";

const OwnKeyDialogs = dynamic(() => import("./own-key-dialogs"), {
  ssr: false,
});

/** The customer's own keys, with the dialogs behind their actions. */
export function OwnKeys({
  firstCall,
  ...props
}: Pick<KeysPanelProps, "page" | "mayWrite" | "mayAsk" | "appUrl" | "calls"> &
  OwnKeyDialogsProps) {
  const { show, open } = useDialogUrl();
  return (
    <>
      <KeysPanel
        {...props}
        onIssue={() => void open("issue-key")}
        onOpen={(dialog, id) => void open(dialog, { id })}
      />
      {show && props.mayWrite ? <OwnKeyDialogs firstCall={firstCall} /> : null}
    </>
  );
}
