import { readFileSync } from "node:fs";
import path from "node:path";
import { apiPathAt } from "./paths";

/** What a path that nothing answers is counted as. */
const unknown = "unknown";

/**
 * The pattern of the route that a path belongs to: that of an endpoint, as in the registry, or of a
 * page, as in the build. There are as many as there are routes, whatever is asked for.
 */
export function routePattern(at: string): string {
  if (at.startsWith("/api/auth/") && !apiPathAt(at))
    return "/api/auth/[...nextauth]";
  if (at.startsWith("/api/")) return apiPathAt(at)?.pattern ?? unknown;
  if (at.startsWith("/_next/")) return "/_next/[...file]";
  return pages().find(({ regex }) => regex.test(at))?.page ?? unknown;
}

type PageRoute = { page: string; regex: RegExp };

let found: PageRoute[] | undefined;
function pages(): PageRoute[] {
  return (found ??= readPages());
}

// What Next wrote when it built; there is nothing while it develops.
function readPages(): PageRoute[] {
  type Manifest = Record<
    "staticRoutes" | "dynamicRoutes",
    { page: string; regex: string }[]
  >;
  try {
    const file = path.join(
      /* turbopackIgnore: true */ process.cwd(),
      ".next",
      "routes-manifest.json",
    );
    // Safe: Next writes it, in one version.
    const written = JSON.parse(readFileSync(file, "utf8")) as Manifest;
    return [...written.staticRoutes, ...written.dynamicRoutes]
      .filter(({ page }) => !page.startsWith("/api/"))
      .map(({ page, regex }) => ({ page, regex: new RegExp(regex) }));
  } catch {
    return [{ page: "/[...page]", regex: /^/ }];
  }
}
