"use client";

import { call } from "@/client/call";
import { useConfirm } from "@/client/use-confirm";
import { Button } from "@/ui/controls/button";
import { toast } from "@/ui/display/toaster";
import { bytesText, countText } from "@/ui/format/number";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import { Dialog } from "@/ui/overlays/dialog";
import { ReadDialog } from "@/ui/overlays/read-dialog";
import { upkeepApi, type RetentionPreview } from "../contract/upkeep";

type Props = { onClose: () => void };

/** What retention would drop, and the way to have it do so. */
export default function RetentionDialog({ onClose }: Props) {
  return (
    <ReadDialog
      endpoint={upkeepApi.previewRetention}
      input={{}}
      title="Run retention"
      failure="What would go could not be counted"
      rows={3}
      onClose={onClose}
    >
      {(preview) =>
        preview.would_drop.length > 0 ? (
          <Confirm preview={preview} onClose={onClose} />
        ) : (
          <Nothing months={preview.keep_months} onClose={onClose} />
        )
      }
    </ReadDialog>
  );
}

function Confirm({ preview, onClose }: Props & { preview: RetentionPreview }) {
  const { would_drop: months, keep_months } = preview;
  const confirm = useConfirm(async () => {
    const { dropped } = await call(upkeepApi.retention, {});
    onClose();
    toast.success(`The events of ${monthsText(dropped.length)} are gone`);
  });
  const events = months.reduce((sum, month) => sum + month.events, 0);
  const bytes = months.reduce((sum, month) => sum + month.bytes, 0);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Drop the events of ${monthsText(months.length)}?`}
      description={`${countText(events)} events older than ${monthsText(keep_months)}, ${bytesText(bytes)} of disk.`}
      consequences={[
        "They can neither be exported nor priced anew from then on. This cannot be undone.",
        "Sums by hour and by day stay, and so do invoices.",
      ]}
      confirmLabel="Drop these events"
      {...confirm}
    >
      <table className="w-full text-sm">
        <thead className="border-b text-xs text-ink-muted">
          <tr>
            <th scope="col" className="h-8 text-left font-medium">
              Month
            </th>
            <th scope="col" className="text-right font-medium">
              Events
            </th>
            <th scope="col" className="text-right font-medium">
              Disk
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map((month) => (
            <tr key={month.month} className="h-8 border-b last:border-b-0">
              <th scope="row" className="text-left font-normal">
                {month.month}
              </th>
              <td className="text-right">{countText(month.events)}</td>
              <td className="text-right">{bytesText(month.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ConfirmDialog>
  );
}

function Nothing({ months, onClose }: Props & { months: number }) {
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Nothing to drop"
      size="sm"
      footer={
        <Button variant="primary" onPress={onClose}>
          Close
        </Button>
      }
    >
      <p className="text-sm text-ink-muted">
        {`No month of events is older than the ${monthsText(months)} that are kept, and free to go.`}
      </p>
    </Dialog>
  );
}

function monthsText(count: number): string {
  return `${countText(count)} month${count === 1 ? "" : "s"}`;
}
