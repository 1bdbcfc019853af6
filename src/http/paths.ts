import { endpoints } from "./registry";
import { rewrites } from "./rewrites.mjs";

// Compiled once: every call to the API is looked up here.
const olderPaths = rewrites.map(({ source, destination }) => ({
  regex: toRegex(source),
  destination,
}));

/** A path of the API: what it answers, by methods, and its pattern (`/api/v1/keys/{key_id}`). */
export type ApiPath = { pattern: string; methods: string[] };
type Compiled = ApiPath & { regex: RegExp };

/** The API path that the registry and the rewrites have for a path; null when it is nothing. */
export function apiPathAt(path: string): ApiPath | null {
  const plain = rewritten(path.replace(/\/+$/, ""));
  return patterns().find(({ regex }) => regex.test(plain)) ?? null;
}

/**
 * The methods that an API path answers, by the registry and the rewrites; empty when the path is
 * nothing. OPTIONS and HEAD come with them.
 */
export function allowedMethods(path: string): string[] {
  const found = apiPathAt(path);
  if (!found) return [];
  const implied = found.methods.includes("GET") ? ["HEAD"] : [];
  return [...found.methods, ...implied, "OPTIONS"];
}

let compiled: Compiled[] | undefined;
function patterns(): Compiled[] {
  return (compiled ??= compile());
}

function compile(): Compiled[] {
  const paths = [...new Set(endpoints.map(({ path }) => path))];
  // As Next does: a path with fewer parameters goes before one that it also fits.
  const parameters = (path: string) => path.split("{").length;
  return paths
    .sort((a, b) => parameters(a) - parameters(b))
    .map((path) => ({
      pattern: `/api${path}`,
      regex: toRegex(`/api${path}`.replace(/\{(\w+)\}/g, ":$1")),
      methods: endpoints
        .filter((endpoint) => endpoint.path === path)
        .map(({ method }) => method),
    }));
}

function rewritten(path: string): string {
  for (const { regex, destination } of olderPaths) {
    const match = regex.exec(path);
    if (match)
      return destination
        .replace(/:(\w+)\*?/g, (_, name: string) => match.groups?.[name] ?? "")
        .replace(/\/$/, "");
  }
  return path;
}

function toRegex(pattern: string): RegExp {
  const source = pattern
    .replace(/\/:(\w+)\*/g, "(?:/(?<$1>.*))?")
    .replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return new RegExp(`^${source}$`);
}
