"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import { KeysPanel, type KeysPanelProps } from "@/modules/keys/ui/keys-panel";

/** The keys, with the page's dialogs behind their actions. */
export function CustomerKeys(
  props: Omit<KeysPanelProps, "onIssue" | "onOpen">,
) {
  const { open } = useDialogUrl();
  return (
    <KeysPanel
      {...props}
      onIssue={() => void open("issue-key")}
      onOpen={(dialog, id) => void open(dialog, { id })}
    />
  );
}
