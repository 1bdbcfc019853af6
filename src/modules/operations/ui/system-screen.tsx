"use client";

import type { ReactNode } from "react";
import { Badge } from "@/ui/display/badge";
import { Callout } from "@/ui/display/callout";
import { Card } from "@/ui/display/card";
import { DescriptionList } from "@/ui/display/description-list";
import { StatCard } from "@/ui/display/stat-card";
import { Time } from "@/ui/display/time";
import { LinkButton } from "@/ui/controls/link-button";
import { bytesText, compactText, countText } from "@/ui/format/number";
import type { System, WorkerState } from "../contract";
import { FailedJobs } from "./failed-jobs";
import { queueTrouble, waitText } from "./system-words";
import { TaskTable } from "./task-table";

export type SystemScreenProps = {
  system: System;
  mayWrite: boolean;
  /** what is to be done about something else, above all */
  trouble?: ReactNode;
  /** cards of others, beside the versions */
  children?: ReactNode;
};

/** How the installation stands: what must be looked at first, then the figures. */
export function SystemScreen({
  system,
  mayWrite,
  trouble,
  children,
}: SystemScreenProps) {
  const { queue, workers, database, versions, integrations } = system;
  const lateness = queueTrouble(system);
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {lateness ? (
        <Callout tone="warning" title="Jobs are not done in time">
          {lateness}
        </Callout>
      ) : null}
      {trouble}
      <Figures system={system} />
      <Section title="Failed jobs">
        <FailedJobs jobs={queue.failures} mayWrite={mayWrite} />
      </Section>
      <Section title="Tasks">
        <TaskTable tasks={queue.tasks} />
      </Section>
      <div className="grid min-w-0 grid-cols-1 items-start gap-4 xl:grid-cols-3">
        <Card title="Workers" flush>
          <Workers workers={workers} />
        </Card>
        <Card
          title="Largest tables"
          description="With indexes and partitions"
          flush
        >
          <Tables tables={database.tables} />
        </Card>
        <div className="flex min-w-0 flex-col gap-4">
          {children}
          <Card title="Versions">
            <DescriptionList
              items={[
                { label: "Tollkeeper", value: versions.app },
                { label: "Node.js", value: versions.node },
                { label: "PostgreSQL", value: versions.postgresql },
                {
                  label: "Migrations",
                  value: `${countText(versions.migrations)} applied`,
                },
              ]}
            />
          </Card>
          <Card
            title="Optional parts"
            actions={
              <LinkButton href="/settings/integrations">
                How to turn on
              </LinkButton>
            }
          >
            <ul className="flex flex-wrap gap-2">
              {integrations.map(({ name, is_on }) => (
                <li key={name}>
                  <Badge tone={is_on ? "success" : "neutral"}>
                    {name}: {is_on ? "on" : "off"}
                  </Badge>
                </li>
              ))}
            </ul>
          </Card>
        </div>
      </div>
    </div>
  );
}

function Figures({ system: { queue, workers, database } }: { system: System }) {
  const alive = workers.filter(({ is_alive }) => is_alive).length;
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 xl:grid-cols-4">
      <StatCard
        label="Queue"
        value={`${countText(queue.due)} due`}
        detail={`${countText(queue.running)} running, ${countText(queue.scheduled)} for later`}
        definition="Jobs that could run now. A few for a moment are nothing; many for long are."
      />
      <StatCard
        label="Oldest wait"
        value={waitText(queue.lag_seconds)}
        detail={`${countText(alive)} ${alive === 1 ? "worker" : "workers"} alive`}
        definition="How long ago the oldest job was due that nobody has begun."
      />
      <StatCard
        label="Failed for good"
        value={countText(queue.failed)}
        definition="Jobs that failed at each of their tries, and wait for you."
      />
      <StatCard
        label="Database"
        value={bytesText(database.bytes)}
        definition="All of the database on disk, indexes included."
      />
    </div>
  );
}

type SectionProps = { title: string; children: ReactNode };

function Section({ title, children }: SectionProps) {
  return (
    <section className="flex min-w-0 flex-col gap-2">
      <h2 className="text-sm font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Workers({ workers }: { workers: WorkerState[] }) {
  if (workers.length === 0)
    return (
      <p className="p-4 text-sm text-ink-muted">None has told of itself.</p>
    );
  return (
    <ul className="divide-y">
      {workers.map((worker) => (
        <li key={worker.id} className="flex flex-col gap-1 px-4 py-3 text-sm">
          <span className="flex flex-wrap items-center justify-between gap-2">
            <span className="font-mono text-xs break-all">
              {worker.host}:{worker.pid}
            </span>
            <Badge tone={worker.is_alive ? "success" : "neutral"}>
              {worker.is_alive ? "Alive" : "Silent"}
            </Badge>
          </span>
          <span className="text-xs text-ink-faint">
            {worker.is_inline ? "In a web server" : "A process of its own"},
            version {worker.version}, since{" "}
            <Time value={worker.started_at} format="relative" />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Tables({ tables }: { tables: System["database"]["tables"] }) {
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="border-b text-left text-xs text-ink-faint">
          <th className="px-4 py-2 font-normal">Table</th>
          <th className="py-2 text-right font-normal">Rows, about</th>
          <th className="px-4 py-2 text-right font-normal">Size</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {tables.map(({ name, rows, bytes }) => (
          <tr key={name}>
            <td className="px-4 py-2 font-mono text-xs break-all">{name}</td>
            <td className="py-2 text-right">{compactText(rows)}</td>
            <td className="px-4 py-2 text-right whitespace-nowrap">
              {bytesText(bytes)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
