import pino, { type Logger } from "pino";
import { env } from "./env";
import { singleton } from "./singleton";

const secrets = [
  "password",
  "token",
  "secret",
  "key",
  "authorization",
  "cookie",
  "hash",
];

/** The process's logger: JSON lines on stdout, fields that could hold a secret redacted. */
export function log(): Logger {
  return singleton("log", () =>
    pino({
      level: env().LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
    }),
  );
}

export type { Logger };
