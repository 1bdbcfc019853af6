import { wordsFor } from "@/platform/words";
import { deviceOf } from "./device";

export type Params = Record<string, string | number>;

/** The words of an event in a language: what happened, and what to do about it. */
export function eventWords(
  event: string,
  params: Params,
  language: string,
): { title: string; body: string } {
  const words = wordsFor(language, "event");
  const name = messageName(event);
  const values = { ...params, device: deviceWords(params, language) };
  return {
    title: words(`${name}.title`, values),
    body: words(`${name}.body`, values),
  };
}

/** What an event is called where one chooses. */
export function eventLabels(event: string, language: string) {
  const words = wordsFor(language, "event");
  const name = messageName(event);
  return {
    label: words(`${name}.label`),
    description: words(`${name}.description`),
  };
}

/** "Firefox on Linux". */
export function deviceWords(params: Params, language: string): string {
  const words = wordsFor(language, "device");
  const { browser, system } = deviceOf(String(params["user_agent"] ?? ""));
  if (browser && system) return words("on", { browser, system });
  return browser ?? system ?? words("unknown");
}

/**
 * A name that somebody gave themselves, as it may stand in a mail to somebody else: one line, not
 * long, and nothing that a mail program would make a link of.
 */
export function plainName(name: string): string {
  const line = name
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\w+:\/\//g, "")
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, ". ")
    .trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

// A key of the catalog cannot hold a point.
function messageName(event: string): string {
  return event.replace(".", "_");
}
