/** An environment as a process has it. */
export type Source = Record<string, string | undefined>;

type Older = {
  /** the name that other systems have for a setting */
  name: string;
  /** our own, which goes before it */
  now: string;
  /** what its value is called here; undefined where it has no meaning */
  value?: (given: string, source: Source) => string | undefined;
};

const levels: Record<string, string> = {
  critical: "fatal",
  warning: "warn",
  notset: "trace",
};

/** Names under which other systems have settings of this one, the first that is set before the rest. */
export const olderNames: readonly Older[] = [
  { name: "FLASK_SECRET_KEY", now: "APP_SECRET" },
  { name: "JWT_SECRET_KEY", now: "APP_SECRET" },
  { name: "JWT_ACCESS_TOKEN_EXPIRES", now: "ACCESS_TOKEN_SECONDS" },
  { name: "JWT_REFRESH_TOKEN_EXPIRES", now: "REFRESH_TOKEN_SECONDS" },
  { name: "RATELIMIT_STORAGE_URL", now: "REDIS_URL", value: redisOnly },
  {
    name: "RATELIMIT_DEFAULT",
    now: "LIMIT_PORTAL_PER_MINUTE",
    value: callsPerMinute,
  },
  { name: "STRIPE_SIGNING_SECRET", now: "STRIPE_WEBHOOK_SECRET" },
  { name: "MAIL_SERVER", now: "SMTP_URL", value: smtpUrl },
  { name: "MAIL_DEFAULT_SENDER", now: "MAIL_FROM" },
  { name: "PROMETHEUS_METRICS_PATH", now: "METRICS_PATH" },
  { name: "PROMETHEUS_METRICS_PORT", now: "METRICS_PORT" },
];

/** An environment in our own names and forms; empty values are left out, as if they were not set. */
export function inOurNames(source: Source): Source {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== ""),
  );
  for (const { name, now, value = (text: string) => text } of olderNames) {
    const text = given[name];
    if (text !== undefined) given[now] ??= value(text, given);
  }
  const { LOG_LEVEL, CORS_ORIGINS } = given;
  if (LOG_LEVEL) {
    const level = LOG_LEVEL.toLowerCase();
    given["LOG_LEVEL"] = levels[level] ?? level;
  }
  if (CORS_ORIGINS?.startsWith("["))
    given["CORS_ORIGINS"] = fromList(CORS_ORIGINS);
  return given;
}

function redisOnly(url: string): string | undefined {
  return /^rediss?:/.test(url) ? url : undefined;
}

// "60 per minute", "60/minute". A limit per hour or day has no place here: ours are per minute.
function callsPerMinute(text: string): string | undefined {
  return /^\s*(\d+)\s*(?:per|\/)\s*(?:1\s+)?minute\s*$/i.exec(text)?.[1];
}

function smtpUrl(server: string, source: Source): string {
  const { MAIL_PORT, MAIL_USERNAME, MAIL_PASSWORD } = source;
  const isOn = (name: string) => /^(true|1|yes|on)$/i.test(source[name] ?? "");
  const isSecure = isOn("MAIL_USE_SSL");
  const part = (text: string | undefined) => encodeURIComponent(text ?? "");
  const account = MAIL_USERNAME
    ? `${part(MAIL_USERNAME)}:${part(MAIL_PASSWORD)}@`
    : "";
  const port = MAIL_PORT ?? (isSecure ? "465" : "25");
  // Else it would be used where the server offers it.
  const demand = isOn("MAIL_USE_TLS") ? "/?requireTLS=true" : "";
  return `${isSecure ? "smtps" : "smtp"}://${account}${server}:${port}${demand}`;
}

// A list in JSON; what is none is refused by its own setting.
function fromList(text: string): string {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.join(",") : text;
  } catch {
    return text;
  }
}
