"use client";

import dynamic from "next/dynamic";
import { useDialogUrl } from "@/client/use-dialog-url";
import { KeysPanel, type KeysPanelProps } from "@/modules/keys/ui/keys-panel";

const OwnKeyDialogs = dynamic(() => import("./own-key-dialogs"), {
  ssr: false,
});

/** The customer's own keys, with the dialogs behind their actions. */
export function OwnKeys(
  props: Pick<
    KeysPanelProps,
    "page" | "mayWrite" | "mayAsk" | "appUrl" | "calls"
  >,
) {
  const { show, open } = useDialogUrl();
  return (
    <>
      <KeysPanel
        {...props}
        onIssue={() => void open("issue-key")}
        onOpen={(dialog, id) => void open(dialog, { id })}
      />
      {show && props.mayWrite ? <OwnKeyDialogs /> : null}
    </>
  );
}
