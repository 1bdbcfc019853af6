"use client";

import { useRouter } from "next/navigation";
import { call } from "@/client/call";
import { enter } from "@/client/enter";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import type { OwnClosing } from "../contract";
import { blockerWords } from "./blocker-words";

export type CloseAccountProps = {
  /** What the account is called. */
  name: string;
  known: OwnClosing;
};

/** The button that closes one's own account, and its question. */
export function CloseAccount(props: CloseAccountProps) {
  const { show, open, close } = useDialogUrl();
  return (
    <>
      <Button onPress={() => void open("close")}>Close account</Button>
      {show === "close" ? <Question {...props} onClose={close} /> : null}
    </>
  );
}

function Question({
  name,
  known,
  onClose,
}: CloseAccountProps & { onClose: () => Promise<void> }) {
  const router = useRouter();
  const confirm = useConfirm(async () => {
    const { privacyApi } = await import("../contract");
    const { closing } = await call(privacyApi.close, {
      body: { confirm: name },
    });
    // Nobody is signed in to an account that is being erased.
    if (closing?.has_begun) return enter("/sign-in");
    await onClose();
    router.refresh();
    toast.success("The account closes");
  }, blockerWords);
  const blockers =
    confirm.blockers.length > 0
      ? confirm.blockers
      : blockerWords(known.blockers);
  const days = known.wait_days;
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={() => void onClose()}
      title={`Close the account of ${name}?`}
      description={
        blockers.length > 0
          ? "What runs must end, and what is owed be settled, before an account closes."
          : days === 0
            ? "It closes at once, and nobody can bring it back."
            : `It closes in ${days === 1 ? "one day" : `${days} days`}. Until then all goes on, and you can take it back.`
      }
      consequences={[
        `${days === 0 ? "All" : "Then all"} its API keys and licenses stop, and nobody can sign in to it any more.`,
        "Its people, tickets, devices and usage are erased for good. Export your data before.",
        "Invoices and payments stay with us as the law wants them.",
      ]}
      confirmLabel="Close account"
      cancelLabel={blockers.length > 0 ? "Not now" : "Keep it"}
      typeToConfirm={name}
      {...confirm}
      blockers={blockers}
    />
  );
}
