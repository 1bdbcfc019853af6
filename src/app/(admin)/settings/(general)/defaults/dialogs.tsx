"use client";

import { call } from "@/client/call";
import { useRefresh } from "@/client/query";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useDone } from "@/client/use-done";
import { limitsApi, type Limits } from "@/modules/limits/contract";
import { DefaultFeaturesDialog } from "@/modules/limits/ui/features-dialogs";
import { LimitsEditor } from "@/modules/limits/ui/limits-editor";
import { DefaultQuotasDialog } from "@/modules/limits/ui/quotas-dialogs";
import { toast } from "@/ui/display/toaster";

/** The dialogs of the defaults, by `?show=`. */
export default function DefaultDialogs({ limits }: { limits: Limits }) {
  const { show, close } = useDialogUrl();
  const onClose = () => void close();
  const onSaved = useDone(useRefresh());
  if (show === "quotas")
    return <DefaultQuotasDialog {...{ onClose, onSaved }} />;
  if (show === "features")
    return <DefaultFeaturesDialog {...{ onClose, onSaved }} />;
  if (show !== "limits") return null;
  return (
    <LimitsEditor
      title="Default rate windows"
      description="They act on the next call of every customer that has no others."
      limits={limits}
      note="Calls of all keys of a customer count together."
      send={async (typed) => {
        await call(limitsApi.setDefault, { body: { ...limits, ...typed } });
        await onSaved();
        toast.success("Default rate windows saved");
      }}
      reset={null}
      onClose={onClose}
    />
  );
}
