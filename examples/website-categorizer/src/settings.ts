/** What the environment says, checked once at the start. */
export type Settings = {
  port: number;
  host: string;
  fetchTimeoutMs: number;
  allowPrivateHosts: boolean;
  /** absent: keywords categorize */
  model: ModelSettings | undefined;
  /** absent: the service runs alone */
  tollkeeper: TollkeeperSettings | undefined;
};

export type ModelSettings = { apiKey: string; baseUrl: string; name: string };

export type TollkeeperSettings = {
  url: string;
  token: string;
  onUnavailable: "allow" | "deny";
};

type Env = Record<string, string | undefined>;

/** A setting that is missing or wrong; its message says what to do. */
export class SettingsError extends Error {}

/** Read the settings. Throws SettingsError. */
export function readSettings(env: Env): Settings {
  return {
    port: wholeNumber(env, "PORT", 8080, 0, 65_535),
    host: env["HOST"] || "127.0.0.1",
    fetchTimeoutMs: wholeNumber(env, "FETCH_TIMEOUT_MS", 10_000, 1, 120_000),
    allowPrivateHosts: flag(env, "ALLOW_PRIVATE_HOSTS"),
    model: readModel(env),
    tollkeeper: flag(env, "ENABLE_CUSTOMER_MANAGEMENT")
      ? readTollkeeper(env)
      : undefined,
  };
}

/** Where Tollkeeper is and how to speak to it. Throws SettingsError. */
export function readTollkeeper(env: Env): TollkeeperSettings {
  const url = env["TOLLKEEPER_URL"];
  const token = env["TOLLKEEPER_TOKEN"];
  if (!url || !token)
    throw new SettingsError(
      "Set TOLLKEEPER_URL to where Tollkeeper answers, and TOLLKEEPER_TOKEN to a service token of it (tk_…). Tollkeeper's npm run demo prints both.",
    );
  const onUnavailable = env["ON_UNAVAILABLE"] || "deny";
  if (onUnavailable !== "allow" && onUnavailable !== "deny")
    throw new SettingsError("ON_UNAVAILABLE must be allow or deny.");
  return { url, token, onUnavailable };
}

function readModel(env: Env): ModelSettings | undefined {
  const apiKey = env["OPENROUTER_API_KEY"];
  if (!apiKey) return undefined;
  return {
    apiKey,
    baseUrl: env["OPENROUTER_BASE_URL"] || "https://openrouter.ai/api/v1",
    name: env["OPENROUTER_MODEL"] || "openai/gpt-4o-mini",
  };
}

function flag(env: Env, name: string): boolean {
  const value = (env[name] || "false").toLowerCase();
  if (value !== "true" && value !== "false")
    throw new SettingsError(`${name} must be true or false.`);
  return value === "true";
}

function wholeNumber(
  env: Env,
  name: string,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = Number(env[name] || otherwise);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new SettingsError(
      `${name} must be a whole number from ${least} to ${most}.`,
    );
  return value;
}
