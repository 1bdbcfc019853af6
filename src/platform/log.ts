import pino, { type DestinationStream, type Logger } from "pino";
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

/** The process's logger: JSON lines on stdout or in LOG_FILE, fields that could hold a secret redacted. */
export function log(): Logger {
  return singleton("log", () =>
    pino(
      {
        ...shape(),
        redact: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      },
      destination(),
    ),
  );
}

/**
 * The logger of requests' lines, whose fields are few and known, and need no redacting. They are
 * gathered for a moment: writing each by itself would cost as much as a check.
 */
export function requestLog(): Logger {
  return singleton("request-log", () => pino(shape(), gathered(destination())));
}

function shape() {
  return {
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
  };
}

function destination() {
  return singleton("log-destination", () => {
    const { LOG_FILE } = env();
    if (LOG_FILE === undefined) return pino.destination(1);
    const file = pino.destination({ dest: LOG_FILE, mkdir: true, mode: 0o600 });
    // Whoever rotates the file moves it away, and tells us by SIGHUP.
    process.on("SIGHUP", () => file.reopen());
    return file;
  });
}

const gatherMilliseconds = 50;
const gatherLines = 200;

function gathered(to: DestinationStream): DestinationStream {
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) to.write(lines.join(""));
    lines = [];
  };
  process.on("exit", flush);
  return {
    write(line) {
      if (lines.push(line) >= gatherLines) flush();
      else if (lines.length === 1)
        setTimeout(flush, gatherMilliseconds).unref();
    },
  };
}

export type { Logger };
