"use client";

import { useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import type { Subscription } from "../contract";
import { CancelDialog } from "./cancel-dialog";
import { ChangeDialog, type VerbDialogProps } from "./change-dialog";
import { ExtendDialog, PauseDialog } from "./time-dialogs";
import { useOffers } from "./use-offers";

/** `?show=change|cancel|pause|extend`. */
export default function SubscriptionDialogs({
  subscription,
}: {
  subscription: Subscription;
}) {
  const { show, close } = useDialogUrl();
  const given = {
    subscription,
    onClose: () => void close(),
    onDone: useDone(useRefresh()),
  };
  switch (show) {
    case "change":
      return <Change {...given} />;
    case "cancel":
      return <CancelDialog {...given} withCredit />;
    case "pause":
      return <PauseDialog {...given} />;
    case "extend":
      return <ExtendDialog {...given} />;
    default:
      return null;
  }
}

function Change(props: VerbDialogProps) {
  const offers = useOffers();
  return offers ? <ChangeDialog {...props} offers={offers} withWhen /> : null;
}
