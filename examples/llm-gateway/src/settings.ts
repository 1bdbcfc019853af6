/** What the environment says, checked once at the start. */
export type Settings = {
  port: number;
  host: string;
  tollkeeper: {
    url: string;
    token: string;
    onUnavailable: "allow" | "deny";
  };
  /** the meter whose quota tokens are held of */
  meter: string;
  /** tokens held for an answer whose request does not limit it */
  answerTokens: number;
  /** as the price book calls whoever answers */
  provider: string;
  /** absent: the stand-in answers */
  upstream: Upstream | undefined;
};

/** Where requests go, such as https://api.openai.com, with no /v1 at its end. */
export type Upstream = { url: string; key: string };

type Env = Record<string, string | undefined>;

/** A setting that is missing or wrong; its message says what to do. */
export class SettingsError extends Error {}

/** Read the settings. Throws SettingsError. */
export function readSettings(env: Env): Settings {
  const { UPSTREAM_URL: url, UPSTREAM_KEY: key = "" } = env;
  if (url && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ""))
    throw new SettingsError(
      "UPSTREAM_URL must be http or https, such as https://api.openai.com.",
    );
  return {
    port: wholeNumber(env, "PORT", 8081, 65_535),
    host: env["HOST"] || "127.0.0.1",
    tollkeeper: readTollkeeper(env),
    meter: env["METER"] || "tokens",
    answerTokens: wholeNumber(env, "ANSWER_TOKENS", 1024, 1_000_000),
    provider: env["PROVIDER"] || "openai",
    upstream: url
      ? { url: url.replace(/\/+$/, "").replace(/\/v1$/, ""), key }
      : undefined,
  };
}

function readTollkeeper(env: Env): Settings["tollkeeper"] {
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

function wholeNumber(
  env: Env,
  name: string,
  otherwise: number,
  most: number,
): number {
  const value = Number(env[name] || otherwise);
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new SettingsError(
      `${name} must be a whole number from 0 to ${most}.`,
    );
  return value;
}
