"use client";

import { ListChecks } from "lucide-react";
import { EmptyState } from "@/ui/display/empty-state";
import { StatusBadge } from "@/ui/display/status-badge";
import { Time } from "@/ui/display/time";
import { countText } from "@/ui/format/number";
import type { Column } from "@/ui/table/columns";
import { DataTable } from "@/ui/table/data-table";
import type { TaskState } from "../contract";
import { durationText } from "./system-words";

/** What each task has in the queue, and how its last job ended. */
export function TaskTable({ tasks }: { tasks: TaskState[] }) {
  return (
    <DataTable
      label="Tasks"
      columns={columns}
      rows={tasks}
      rowId={({ task }) => task}
      empty={
        <EmptyState
          icon={<ListChecks />}
          title="No job has run yet"
          description="Workers note here how jobs ended, some seconds after."
        />
      }
    />
  );
}

const columns: Column<TaskState>[] = [
  {
    id: "task",
    header: "Task",
    cell: ({ task }) => (
      <span className="font-mono text-xs break-all">{task}</span>
    ),
  },
  {
    id: "last",
    header: "Last",
    cell: ({ last }) =>
      last ? (
        <span title={last.error ?? undefined}>
          <StatusBadge status={last.status} />
        </span>
      ) : (
        "–"
      ),
  },
  {
    id: "ended_at",
    header: "Ended",
    cell: ({ last }) => (
      <Time value={last?.ended_at} format="relative" empty="Not yet" />
    ),
  },
  {
    id: "took",
    header: "Took",
    align: "right",
    cell: ({ last }) => (last ? durationText(last.duration_ms) : "–"),
  },
  {
    id: "waiting",
    header: "Waiting",
    align: "right",
    cell: ({ waiting }) => countText(waiting),
  },
  {
    id: "running",
    header: "Running",
    align: "right",
    cell: ({ running }) => countText(running),
  },
  {
    id: "failed",
    header: "Failed",
    align: "right",
    cell: ({ failed }) =>
      failed > 0 ? (
        <span className="font-medium text-danger">{countText(failed)}</span>
      ) : (
        0
      ),
  },
];
