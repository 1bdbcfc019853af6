import { callOutside, textOf, type OutboundCall } from "@/platform/outbound";
import { env } from "@/platform/env";
import { Refusal } from "../../driver";

/** What Odoo said is wrong: `isFinal` when asking again gives the same. */
export class OdooFault extends Error {
  constructor(
    message: string,
    readonly fault: string,
  ) {
    super(message);
    this.name = "OdooFault";
  }
}

const patience = 10 * 60_000;
const short = 30_000;

/** The address of a path of the Odoo server. */
function at(path: string): string {
  const { ODOO_URL } = env();
  if (!ODOO_URL)
    throw new Error("ODOO_URL is not set: there is no Odoo server.");
  return ODOO_URL.replace(/\/$/, "") + path;
}

export function masterPassword(): string {
  return env().ODOO_MASTER_PASSWORD ?? "";
}

export function callOdoo(path: string, call: OutboundCall) {
  return callOutside(at(path), call);
}

/**
 * Ask the database manager by a form, as its page does: a redirect is success, a page that says
 * what went wrong is failure, whatever its status.
 */
export async function manage(
  act: "create" | "duplicate" | "drop",
  fields: Record<string, string>,
): Promise<void> {
  const answer = await callOdoo(`/web/database/${act}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      master_pwd: masterPassword(),
      ...fields,
    }).toString(),
    timeoutMs: patience,
  });
  await assertManaged(answer.status, act, () => textOf(answer));
}

/** Throws what the page of the database manager says. */
export async function assertManaged(
  status: number,
  act: string,
  read: () => Promise<string>,
): Promise<void> {
  const page = await read();
  if (status >= 300 && status < 400) return;
  const said = saidBy(page);
  const words = `Odoo did not ${act}: ${said ?? `it answered ${status}`}`;
  if (/access denied/i.test(said ?? ""))
    throw new Refusal(
      `Odoo refuses the master password. Set ODOO_MASTER_PASSWORD to the admin_passwd of its configuration.`,
      act === "create" || act === "duplicate",
    );
  throw new OdooFault(words, said ?? "");
}

/** What a page of the database manager says went wrong. */
function saidBy(page: string): string | null {
  const found =
    /<div[^>]*class="[^"]*alert-danger[^"]*"[^>]*>([\s\S]*?)<\/div>/i.exec(
      page,
    );
  const text = found?.[1]
    ?.replace(/<[^>]+>/g, " ")
    .replace(/&#39;|&#x27;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .replace(/\s+/g, " ")
    .trim();
  return text ? text.slice(0, 300) : null;
}

/** Call a service by JSON-RPC 2.0 at `/jsonrpc`: `db`, `common` or `object`. */
export async function rpc(
  service: "db" | "common" | "object",
  method: string,
  args: unknown[],
  timeoutMs = short,
): Promise<unknown> {
  return jsonRpc("/jsonrpc", { service, method, args }, timeoutMs);
}

export async function jsonRpc(
  path: string,
  params: object,
  timeoutMs = short,
): Promise<unknown> {
  const answer = await callOdoo(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", method: "call", id: 1, params }),
    timeoutMs,
  });
  const text = await textOf(answer);
  if (answer.status !== 200)
    throw new Error(`Odoo answered ${answer.status} to ${path}`);
  const { result, error } = parsed(text, path) as {
    result?: unknown;
    error?: { message?: string; data?: { name?: string; message?: string } };
  };
  if (error) {
    const message = error.data?.message ?? error.message ?? "an error";
    throw new OdooFault(`Odoo: ${message}`, error.data?.name ?? "");
  }
  return result;
}

/** Call a method of a model by JSON-2, which Odoo has since version 19. */
export async function json2(
  database: string,
  model: string,
  method: string,
  body: object,
  timeoutMs = short,
): Promise<unknown> {
  const path = `/json/2/${model}/${method}`;
  const answer = await callOdoo(path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `bearer ${env().ODOO_API_KEY ?? ""}`,
      "x-odoo-database": database,
    },
    body: JSON.stringify(body),
    timeoutMs,
  });
  const text = await textOf(answer);
  if (answer.status === 200) return parsed(text, path);
  if (answer.status === 401)
    throw new Refusal(
      "Odoo refuses ODOO_API_KEY. Make a key for an administrator of the template database.",
    );
  const said = errorOf(text);
  if (answer.status >= 400 && answer.status < 500)
    throw new OdooFault(`Odoo: ${said.message}`, said.name);
  throw new Error(`Odoo answered ${answer.status} to ${path}: ${said.message}`);
}

function errorOf(text: string): { name: string; message: string } {
  try {
    const { name = "", message = "" } = JSON.parse(text) as Record<
      string,
      string
    >;
    return { name, message };
  } catch {
    return { name: "", message: text.slice(0, 200) };
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`Odoo answered something that is no JSON to ${path}`);
  }
}

export { patience as patient };
