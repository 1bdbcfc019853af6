"use client";

import { useDialogUrl } from "@/client/use-dialog-url";
import type { Meter } from "@/modules/meters/contract";
import {
  ArchiveMeterDialog,
  CreateMeterDialog,
  EditMeterDialog,
} from "@/modules/meters/ui/meter-dialogs";

export type MeterDialogsProps = {
  meters: readonly Meter[];
  onClose: () => void;
  onSaved: () => Promise<void>;
};

/** The dialogs of the meters' page, by `?show=`. */
export default function MeterDialogs({ meters, ...done }: MeterDialogsProps) {
  const { show, id } = useDialogUrl();
  if (show === "create-meter") return <CreateMeterDialog {...done} />;
  const meter = meters.find((meter) => meter.id === id);
  if (!meter) return null;
  if (show === "edit-meter")
    return <EditMeterDialog {...{ meter }} {...done} />;
  if (show !== "archive-meter" || meter.is_system || meter.archived_at)
    return null;
  return <ArchiveMeterDialog {...{ meter }} {...done} />;
}
