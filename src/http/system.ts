import * as z from "zod";
import { endpoint } from "@/shared/endpoint";

const Check = z.object({ ok: z.boolean(), message: z.string().optional() });

const ofProcess = {
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  node: z.string(),
  uptime_seconds: z.number().int(),
};
const needed = { database: Check, migrations: Check, queue: Check };

export const Readiness = z
  .object({ ...ofProcess, checks: z.object(needed) })
  .meta({ id: "Readiness" });
export type Readiness = z.output<typeof Readiness>;

export const Health = z
  .object({
    ...ofProcess,
    postgresql: z.string().nullable().meta({ example: "18.0" }),
    migrations: z
      .object({
        applied: z.number().int(),
        pending: z.array(z.string()).nullable(),
        latest: z.string().nullable(),
      })
      .nullable(),
    checks: z.object({
      ...needed,
      worker: Check.meta({ description: "whether jobs are done in time" }),
      redis: Check.optional().meta({ description: "where there is to be one" }),
    }),
  })
  .meta({ id: "Health" });
export type Health = z.output<typeof Health>;

const open = { audience: ["public"], limit: "hot" } as const;

/** The app's own endpoints, which belong to no module. */
export const systemApi = {
  live: endpoint({
    id: "system.live",
    method: "GET",
    path: "/v1/health/live",
    summary: "Whether the process answers",
    ...open,
    response: z.object({ status: z.literal("ok") }),
  }),
  ready: endpoint({
    id: "system.ready",
    method: "GET",
    path: "/v1/health/ready",
    summary: "Whether the app can serve: database, migrations, queue",
    description: "503 while something is missing, or while it shuts down.",
    ...open,
    response: Readiness,
    errors: ["UNAVAILABLE"],
  }),
  health: endpoint({
    id: "system.health",
    method: "GET",
    path: "/v1/health",
    summary: "Liveness and readiness together, with versions",
    description:
      "Always 200: `degraded` while a check fails. A missing worker or Redis degrades the app, and leaves it ready.",
    ...open,
    response: Health,
  }),
};
