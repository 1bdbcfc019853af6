// Code that keeps to the rules, for the breaches to lean on.
export const SOUND = {
  "src/shared/money.ts": `import * as z from "zod";
export const Money = z.strictObject({ amount: z.number().int() });
export const double = (minor: bigint) => minor * 2n;`,
  "src/shared/endpoint.ts": `export const endpoint = <T>(definition: T) => definition;`,
  "src/http/route.ts": `export const route = (endpoint: unknown, run: () => unknown) => () => [endpoint, run()];`,
  "src/http/hot.ts": `import { route } from "./route";
export const check = route("access.check", () => 1);`,
  "src/platform/env.ts": `export const env = () => process.env;`,
  "src/platform/context.ts": `import type { Db } from "./db";
export type Ctx = { db: Db; now(): Date };`,
  "src/platform/db/index.ts": `import pg from "pg";
export type Db = { query(): number };
export const pool = new pg.Pool();`,
  "src/platform/db/transaction.ts": `export const transaction = (run: () => number) => run();`,
  "src/client/call.ts": `import { Money } from "@/shared/money";
export const call = () => Money;`,
  "src/modules/audit/contract.ts": `import { endpoint } from "@/shared/endpoint";
export const auditApi = { list: endpoint({ id: "audit.list" }) };`,
  "src/modules/audit/queries.ts": `import type { Ctx } from "@/platform/context";
import { pool } from "@/platform/db";
export const count = (ctx: Ctx) => [ctx.db.query(), pool];`,
  "src/modules/audit/service.ts": `import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { count } from "./queries";
export const record = (ctx: Ctx) => transaction(() => count(ctx).length + ctx.now().getTime());`,
  "src/modules/audit/index.ts": `export { record } from "./service";`,
  "src/modules/audit/ui/log.tsx": `import { call } from "@/client/call";
import { auditApi } from "../contract";
export const Log = () => <p>{JSON.stringify([call(), auditApi])}</p>;`,
  "src/modules/ledger/contract.ts": `export const ledgerApi = {};`,
  "src/modules/ledger/index.ts": `import { record } from "@/modules/audit";
export const post = record;`,
  "src/modules/customers/index.ts": `import { record } from "@/modules/audit";
import { find } from "./queries/customers";
export const create = () => [record, find];`,
  "src/modules/customers/search.ts": `export const fold = (text: string) => text.toLowerCase();`,
  "src/modules/customers/queries/customers.ts": `import { pool } from "@/platform/db";
import { fold } from "../search";
export const find = (text: string) => [pool, fold(text)];`,
  "src/app/api/v1/audit-log/route.ts": `import { route } from "@/http/route";
import { auditApi } from "@/modules/audit/contract";
export const dynamic = "force-dynamic";
export const GET = route(auditApi.list, () => []);`,
  "src/app/api/v1/check/route.ts": `export { check as POST } from "@/http/hot";`,
  "src/app/page.tsx": `import { record } from "@/modules/audit";
import { post } from "@/modules/ledger";
import { ledgerApi } from "@/modules/ledger/contract";
import { create } from "@/modules/customers";
import { Log } from "@/modules/audit/ui/log";
import { env } from "@/platform/env";
import { double } from "@/shared/money";
export default function Page() {
  return <Log key={[record, post, create, env, double, ledgerApi].length} />;
}`,
};
