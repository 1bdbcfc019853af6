import * as z from "zod";
import { endpoint } from "@/shared/endpoint";

const Check = z.object({ ok: z.boolean(), message: z.string().optional() });

export const Health = z
  .object({
    status: z.enum(["ok", "degraded"]),
    version: z.string(),
    node: z.string(),
    uptime_seconds: z.number().int(),
    checks: z.object({
      database: Check,
      migrations: Check,
      queue: Check,
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
    response: Health,
    errors: ["UNAVAILABLE"],
  }),
  health: endpoint({
    id: "system.health",
    method: "GET",
    path: "/v1/health",
    summary: "Liveness and readiness together, with versions",
    ...open,
    response: Health,
  }),
};
