/** Code that breaks one rule: what the rule promises, its name, and the file that breaks it. */
export type Plant = [promise: string, rule: string, file: string, text: string];

/** What dependency-cruiser must find. */
export const IMPORT_PLANTS: Plant[] = [
  [
    "two files may not need each other",
    "no-cycles",
    "src/shared/round.ts",
    `import { turn } from "./turn";
export const round = () => turn;`,
  ],
  [
    "a file that nobody uses is found",
    "no-orphans",
    "src/platform/alone.ts",
    `export const alone = 1;`,
  ],
  [
    "a module does not reach up to http",
    "modules-never-look-up",
    "src/modules/audit/up.ts",
    `export { route } from "@/http/route";`,
  ],
  [
    "platform knows no module",
    "platform-knows-no-module",
    "src/platform/knowing.ts",
    `export { record } from "@/modules/audit";`,
  ],
  [
    "shared knows nothing",
    "shared-knows-nothing",
    "src/shared/knowing.ts",
    `export { env } from "@/platform/env";`,
  ],
  [
    "a module does not reach behind another's face",
    "modules-through-their-face",
    "src/modules/ledger/behind.ts",
    `export { count } from "@/modules/audit/queries";`,
  ],
  [
    "a page does not reach behind a module's face",
    "outside-through-the-face",
    "src/app/behind.ts",
    `export { record } from "@/modules/audit/service";`,
  ],
  [
    "an entry does not reach behind a module's face",
    "outside-through-the-face",
    "src/cli.ts",
    `export { record } from "@/modules/audit/service";`,
  ],
  [
    "the module map is kept",
    "audit-may-use-[]",
    "src/modules/audit/against.ts",
    `export { ledgerApi } from "@/modules/ledger/contract";`,
  ],
  [
    "a new module must enter the map",
    "every-module-is-in-the-map",
    "src/modules/surprise/index.ts",
    `export { double } from "@/shared/money";`,
  ],
  [
    "a contract is isomorphic",
    "contracts-are-isomorphic",
    "src/modules/keys/contract.ts",
    `export { env } from "@/platform/env";`,
  ],
  [
    "a contract needs no package but zod",
    "contracts-need-only-zod",
    "src/modules/usage/contract.ts",
    `export { Command } from "commander";`,
  ],
  [
    "what runs in the browser needs no Node",
    "isomorphic-code-without-node",
    "src/shared/disk.ts",
    `export { readFile } from "node:fs";`,
  ],
  [
    "ui talks through the client",
    "ui-talks-through-the-client",
    "src/modules/audit/ui/direct.tsx",
    `export { record } from "../service";`,
  ],
  [
    "the design system knows no module",
    "design-system-knows-no-module",
    "src/ui/knowing.tsx",
    `export { Log } from "@/modules/audit/ui/log";`,
  ],
  [
    "a service knows no browser",
    "services-know-no-browser",
    "src/modules/audit/rendering.ts",
    `export { useState } from "react";`,
  ],
  [
    "Prisma's client is for queries",
    "prisma-only-in-queries",
    "src/modules/audit/prisma.ts",
    `export { PrismaClient } from "@prisma/client";`,
  ],
  [
    "the database is for queries",
    "database-through-queries",
    "src/modules/audit/database.ts",
    `export { pool } from "@/platform/db";`,
  ],
  [
    "a page does not reach the database",
    "database-through-queries",
    "src/app/database.ts",
    `export { pool } from "@/platform/db";`,
  ],
  [
    "raw PostgreSQL is for platform",
    "pg-only-in-platform",
    "src/http/raw.ts",
    `export { Pool } from "pg";`,
  ],
  [
    "the source needs no development package",
    "no-development-package-at-run-time",
    "src/platform/check.ts",
    `export { assert } from "fast-check";`,
  ],
  [
    "the source needs no test",
    "source-stands-alone",
    "src/platform/tested.ts",
    `export { given } from "../../tests/given";`,
  ],
  [
    "the SDK stands alone",
    "sdk-stands-alone",
    "sdk/src/index.ts",
    `export { double } from "../../src/shared/money";`,
  ],
  [
    "an example uses the published SDK",
    "examples-use-the-published-sdk",
    "examples/shop/src/index.ts",
    `export { double } from "../../../src/shared/money";`,
  ],
];

/** What ESLint must find. */
export const CODE_PLANTS: Plant[] = [
  [
    "a file has at most 300 lines",
    "max-lines",
    "src/shared/long.ts",
    "// a line\n".repeat(301),
  ],
  [
    "no any",
    "@typescript-eslint/no-explicit-any",
    "src/shared/loose.ts",
    `export const loose = (value: any) => [value];`,
  ],
  [
    "no non-null assertion",
    "@typescript-eslint/no-non-null-assertion",
    "src/shared/sure.ts",
    `export const sure = (value: string | null) => value!;`,
  ],
  [
    "settings are read in one file",
    "house/env-in-one-file",
    "src/shared/setting.ts",
    `export const setting = process.env.PORT;`,
  ],
  [
    "a service does not read ctx.db",
    "house/db-in-queries",
    "src/modules/audit/reading.ts",
    `import type { Ctx } from "@/platform/context";
export const reading = (ctx: Ctx) => ctx.db.query();`,
  ],
  [
    "a page does not take ctx.db apart",
    "house/db-in-queries",
    "src/app/reading.ts",
    `import type { Ctx } from "@/platform/context";
export function reading(ctx: Ctx) {
  const { db } = ctx;
  return db.query();
}`,
  ],
  [
    "zod is imported as a namespace",
    "house/zod-namespace",
    "src/shared/schema.ts",
    `import { z } from "zod";
export const Text = z.string();`,
  ],
  [
    "a module takes the time from its context",
    "house/clock-and-chance",
    "src/modules/audit/clock.ts",
    `export const today = () => new Date();`,
  ],
  [
    "money has no fractions",
    "house/no-float-money",
    "src/modules/ledger/fee.ts",
    `export const fee = (amount: number) => amount * 0.029;`,
  ],
  [
    "money is not divided by hand",
    "house/no-float-money",
    "src/modules/ledger/half.ts",
    `export const half = (amount: number) => amount / 2;`,
  ],
  [
    "money is not shown by toFixed",
    "house/no-float-money",
    "src/modules/ledger/show.ts",
    `export const show = (amount: number) => amount.toFixed(2);`,
  ],
  [
    "money is not rounded by hand",
    "house/no-float-money",
    "src/modules/ledger/round.ts",
    `export const round = (amount: number) => Math.round(amount);`,
  ],
  [
    "an API route is made by route()",
    "house/route-exports",
    "src/app/api/v1/bare/route.ts",
    `export const GET = () => Response.json({});`,
  ],
  [
    "an API route is no function of its own",
    "house/route-exports",
    "src/app/api/v1/own/route.ts",
    `export function POST() {
  return Response.json({});
}`,
  ],
  [
    "a promise is waited for",
    "@typescript-eslint/no-floating-promises",
    "src/shared/lost.ts",
    `export function lost() {
  Promise.resolve(1);
}`,
  ],
  [
    "a switch over a union is complete",
    "@typescript-eslint/switch-exhaustiveness-check",
    "src/shared/switch.ts",
    `export function sign(side: "debit" | "credit") {
  switch (side) {
    case "debit":
      return 1;
  }
  return -1;
}`,
  ],
];
