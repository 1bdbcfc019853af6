import * as z from "zod";

/** What the environment says of logs and metrics. */
export const operationSettings = {
  LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"])
    .default("info")
    .describe("least level that is logged"),
  LOG_FILE: z
    .string()
    .min(1)
    .optional()
    .describe(
      "file that log lines go to instead of the standard output; SIGHUP opens it anew",
    ),
  METRICS_TOKEN: z
    .string()
    .min(16, "must have at least 16 characters: openssl rand -hex 16")
    .optional()
    .describe(
      "turns on metrics for Prometheus, which sends it as bearer token",
    ),
  METRICS_PATH: z
    .string()
    .regex(/^\/(?!api\/)[\w/-]+$/, "must be a path, and not below /api/")
    .default("/metrics")
    .describe("path of the metrics"),
  METRICS_PORT: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe(
      "port of their own for the metrics, and the only one for those of `npm run worker`",
    ),
};
