import type { Session } from "../contract/sessions";

// In the order in which they must be tried: each of the later ones is named in the earlier ones' texts.
const browsers = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;
const systems = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Mac OS X", "macOS"],
  ["Windows", "Windows"],
  ["Linux", "Linux"],
] as const;

/** A user agent as people know it, "Firefox on Windows"; a program by its first word. */
export function agentName({
  kind,
  user_agent: agent,
}: Pick<Session, "kind" | "user_agent">): string {
  const text = agent ?? "";
  const [, browser] = browsers.find(([mark]) => text.includes(mark)) ?? [];
  const [, system] = systems.find(([mark]) => text.includes(mark)) ?? [];
  if (browser) return system ? `${browser} on ${system}` : browser;
  const [program = ""] = text.split(/[\s/]/);
  return program || (kind === "api" ? "A program" : "A browser");
}
