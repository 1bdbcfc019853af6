import {
  Circle,
  CircleCheck,
  CircleMinus,
  CircleX,
  LoaderCircle,
  Undo2,
} from "lucide-react";
import { Card } from "@/ui/display/card";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import type { TenantJob, TenantStep } from "../contract";
import { jobWords } from "../contract/job-words";
import { stepText } from "./tenant-words";

const icons: Record<TenantStep["status"], typeof Circle> = {
  waiting: Circle,
  running: LoaderCircle,
  done: CircleCheck,
  skipped: CircleMinus,
  failed: CircleX,
  undone: Undo2,
};
const words: Record<TenantStep["status"], string> = {
  waiting: "Waiting",
  running: "Running",
  done: "Done",
  skipped: "Left out",
  failed: "Failed",
  undone: "Undone",
};
const tones: Record<TenantStep["status"], string> = {
  waiting: "text-ink-faint",
  running: "text-info motion-safe:animate-spin",
  done: "text-success",
  skipped: "text-ink-faint",
  failed: "text-danger",
  undone: "text-ink-faint",
};

/** What is being done to a tenant, step by step. */
export function JobCard({ job }: { job: TenantJob }) {
  const { doing, done } = jobWords[job.kind];
  const isLive = job.finished_at === null;
  const title = `${isLive ? doing : done}${job.subject && job.kind.endsWith("module") ? ` ${job.subject}` : ""}`;
  return (
    <Card
      title={title}
      description={
        job.status === "compensating"
          ? "It failed; what was done is being undone"
          : `${job.steps_done} of ${job.steps.length} steps`
      }
      actions={
        <StatusBadge
          status={job.status === "compensating" ? "retrying" : job.status}
          label={job.status === "compensating" ? "Undoing" : undefined}
        />
      }
      flush
    >
      <div role="status" className="sr-only">
        {`${title}: ${job.steps_done} of ${job.steps.length} steps done`}
      </div>
      <ol className="divide-y">
        {job.steps.map((step) => (
          <Step key={step.name} step={step} />
        ))}
      </ol>
      {job.error ? (
        <p className="border-t px-4 py-3 text-sm wrap-anywhere text-danger">
          {job.error}
        </p>
      ) : null}
    </Card>
  );
}

function Step({ step }: { step: TenantStep }) {
  const Icon = icons[step.status];
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2 text-sm">
      <Icon aria-hidden className={`icon shrink-0 ${tones[step.status]}`} />
      <span className="min-w-0 flex-1">
        {stepText(step)}
        {step.message ? (
          <span className="block text-xs wrap-anywhere text-ink-muted">
            {step.message}
          </span>
        ) : null}
        {step.error && step.status !== "done" ? (
          <span className="block text-xs wrap-anywhere text-ink-faint">
            {step.error}
          </span>
        ) : null}
      </span>
      <span className="text-xs text-ink-faint">
        {step.attempts > 1
          ? `${words[step.status]}, try ${step.attempts}`
          : words[step.status]}
        {step.progress === null ? null : ` · ${step.progress}%`}
        {step.finished_at ? (
          <>
            {" · "}
            <Time value={step.finished_at} format="relative" />
          </>
        ) : null}
      </span>
    </li>
  );
}
