import { readFileSync } from "node:fs";
import path from "node:path";

// Versions below which a package has known security holes (npm audit is not asked).
const FLOORS: Record<string, string> = {
  next: "16.4.1",
  "next-auth": "4.24.15",
  stripe: "23.0.0",
};

type Lock = { packages: Record<string, { version?: string }> };

const lock: Lock = JSON.parse(
  readFileSync(path.resolve(__dirname, "../package-lock.json"), "utf8"),
);

// Every copy that is installed, also those inside other packages.
const installed = Object.entries(lock.packages).flatMap(([place, entry]) => {
  const name = place.split("node_modules/").at(-1) ?? "";
  const floor = FLOORS[name];
  return floor && entry.version ? [[place, entry.version, floor] as const] : [];
});

test.each(installed)("%s %s is at least %s", (_, version, floor) => {
  expect(compareVersions(version, floor)).toBeGreaterThanOrEqual(0);
});

test("the packages that have a floor are found in the lockfile", () => {
  const places = installed.map(([place]) => place);
  expect(places).toEqual(
    expect.arrayContaining(["node_modules/next", "node_modules/next-auth"]),
  );
});

test("a version is compared by its numbers", () => {
  expect(compareVersions("16.10.0", "16.4.1")).toBeGreaterThan(0);
  expect(compareVersions("16.4.0", "16.4.1")).toBeLessThan(0);
  expect(compareVersions("16.4.1-canary.3", "16.4.1")).toBeLessThan(0);
});

/** Negative when `a` is below `b`; a prerelease is below its release. */
function compareVersions(a: string, b: string): number {
  const parts = (version: string) => {
    const [numbers = "", prerelease] = version.split("-");
    return [...numbers.split(".").map(Number), prerelease ? -1 : 0];
  };
  const [left, right] = [parts(a), parts(b)];
  const differing = left.findIndex((part, at) => part !== right[at]);
  return differing < 0 ? 0 : (left[differing] ?? 0) - (right[differing] ?? 0);
}
