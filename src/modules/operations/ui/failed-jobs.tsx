"use client";

import { CircleCheck, RotateCw, Trash2 } from "lucide-react";
import { call } from "@/client/call";
import { useAct } from "@/client/use-act";
import { useConfirm } from "@/client/use-confirm";
import { useDialogUrl } from "@/client/use-dialog-url";
import { useRouter } from "next/navigation";
import { EmptyState } from "@/ui/display/empty-state";
import { Time } from "@/ui/display/time";
import { ConfirmDialog } from "@/ui/overlays/confirm-dialog";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import { operationsApi, type FailedJob } from "../contract";

export type FailedJobsProps = { jobs: FailedJob[]; mayWrite: boolean };

/** Jobs that are not tried again by themselves: why, and another try. */
export function FailedJobs({ jobs, mayWrite }: FailedJobsProps) {
  const { show, id, open, close } = useDialogUrl();
  const { act } = useAct();
  const chosen = jobs.find((job) => job.id === id);
  const retry = ({ id: job_id, task }: FailedJob) =>
    act(() => call(operationsApi.retry, { params: { job_id } }), {
      done: `${task} is tried again`,
      failed: "It was not tried again",
    });
  return (
    <>
      <DataTable
        label="Failed jobs"
        columns={columns}
        rows={jobs}
        rowId={(job) => job.id}
        rowLabel={({ task }) => task}
        {...(mayWrite && {
          rowActions: (job: FailedJob) => [
            {
              id: "retry",
              label: "Try again",
              icon: <RotateCw />,
              onAction: () => void retry(job),
            },
            {
              id: "discard",
              label: "Discard…",
              icon: <Trash2 />,
              isDanger: true,
              onAction: () => void open("discard", { id: job.id }),
            },
          ],
        })}
        empty={
          <EmptyState
            icon={<CircleCheck />}
            title="No job has failed"
            description="A job that fails is tried again for three days or so. What still fails then is listed here."
          />
        }
      />
      {show === "discard" && chosen ? (
        <DiscardDialog job={chosen} onClose={() => void close()} />
      ) : null}
    </>
  );
}

const columns: Column<FailedJob>[] = [
  {
    id: "task",
    header: "Task",
    cell: ({ task }) => (
      <span className="font-mono text-xs break-all">{task}</span>
    ),
  },
  {
    id: "why",
    header: "Why",
    cell: ({ last_error }) => (
      <span
        className="block max-w-96 truncate text-xs text-ink-muted"
        title={last_error ?? undefined}
      >
        {last_error ?? "–"}
      </span>
    ),
  },
  {
    id: "attempts",
    header: "Tries",
    align: "right",
    cell: ({ attempts }) => attempts,
  },
  {
    id: "failed_at",
    header: "Failed",
    cell: ({ failed_at }) => <Time value={failed_at} format="relative" />,
  },
];

type DiscardDialogProps = { job: FailedJob; onClose: () => void };

function DiscardDialog({ job, onClose }: DiscardDialogProps) {
  const router = useRouter();
  const confirm = useConfirm(async () => {
    await call(operationsApi.discard, { params: { job_id: job.id } });
    onClose();
    router.refresh();
  });
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={`Discard ${job.task}?`}
      description={job.last_error ?? "It failed without a word."}
      consequences={[
        "What it was to do is not done. A timer runs again at its next time; a mail or an event is lost.",
        "This cannot be undone.",
      ]}
      confirmLabel="Discard job"
      {...confirm}
    />
  );
}
