import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Env, parseEnv } from "@/platform/env";
import { settingsTable } from "@/platform/settings-table";

const root = path.resolve(__dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

test("the README's table of settings is the one that the code reads", () => {
  expect(cells(read("README.md"))).toContain(cells(settingsTable()));
});

// Prettier pads the columns.
function cells(table: string): string {
  return table.replace(/ *\| */g, "|").replace(/-{3,}/g, "---");
}

test(".env.example names every setting and no other", () => {
  const named = [...read(".env.example").matchAll(/^# ([A-Z_]+)=/gm)];
  expect(named.map(([, name]) => name).sort()).toEqual(
    Object.keys(Env.shape)
      .filter((name) => name !== "NODE_ENV")
      .sort(),
  );
});

test("every file that the README and the documents link to exists", () => {
  for (const file of ["README.md", "CONTRIBUTING.md", "docs/architecture.md"]) {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)\)/g)];
    expect(links.length).toBeGreaterThan(1);
    for (const [, link = ""] of links) {
      const target = path.join(root, path.dirname(file), link);
      expect([file, link, existsSync(target)]).toEqual([file, link, true]);
    }
  }
});

test("a wrong environment is refused with every problem named", () => {
  const wrong = { PORT: "http", APP_SECRET: "short", HOST: "" };
  expect(() => parseEnv(wrong)).toThrow(/DATABASE_URL[^]*APP_SECRET[^]*PORT/);
  const weak = {
    DATABASE_URL: "postgresql://localhost/x",
    APP_SECRET: "changeme".repeat(5),
  };
  expect(() => parseEnv(weak)).toThrow(/APP_SECRET: is a default/);
  expect(() => parseEnv({ ...weak, NODE_ENV: "development" })).not.toThrow();
});
