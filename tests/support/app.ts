import { readdirSync } from "node:fs";
import path from "node:path";
import { endpoints } from "@/http/registry";
import type { RouteHandler } from "@/http/route";

const V1 = path.resolve(__dirname, "../../src/app/api/v1");

/** What a call sends; parts that are left out are not sent. */
export type Sent = {
  params?: Record<string, string>;
  query?: Record<string, string | number | boolean>;
  /** an object is sent as JSON; text and bytes are sent as they are */
  body?: unknown;
  headers?: Record<string, string>;
};

/** What came back; `body` is the parsed JSON, the text of another type, or null. */
export type Answer = {
  status: number;
  headers: Headers;
  body: ReturnType<typeof JSON.parse>;
};

/**
 * Calls a route handler in this process, as Next would.
 * @param call an endpoint's id ("customers.create"), or a method and a path below /api
 *   ("POST /v1/customers"), with `{name}` filled from `params`
 */
export async function callRoute(
  call: string,
  sent: Sent = {},
): Promise<Answer> {
  const { method, path: template } = parseCall(call);
  const pathname = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = sent.params?.[name];
    if (value === undefined) throw new Error(`${call} needs params.${name}`);
    return encodeURIComponent(value);
  });
  const { file, params } = findRoute(pathname);
  const handlers = (await import(file)) as Record<string, RouteHandler>; // Safe: lint checks it.
  const handler = handlers[method];
  if (!handler) throw new Error(`${file} exports no ${method}`);
  const response = await handler(request(method, pathname, sent), {
    params: Promise.resolve(params),
  });
  return read(response);
}

function parseCall(call: string): { method: string; path: string } {
  const [method, given] = call.split(" ");
  if (method && given) return { method, path: given };
  const endpoint = endpoints.find(({ id }) => id === call);
  if (!endpoint) throw new Error(`No endpoint is called ${call}`);
  return endpoint;
}

/** Each route file below src/app/api/v1, as the segments of its path: ["customers", "[id]"]. */
export function routeFiles(): string[][] {
  return (found ??= readdirSync(V1, { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === "route.ts")
    .map((name) => name.split(path.sep).slice(0, -1)));
}

let found: string[][] | undefined;

function findRoute(pathname: string) {
  const parts = pathname.replace(/^\/v1\//, "").split("/");
  const [best] = routeFiles()
    .filter((segments) => segments.length === parts.length)
    .filter((segments) =>
      segments.every((segment, at) => isSlot(segment) || segment === parts[at]),
    )
    .sort((a, b) => a.filter(isSlot).length - b.filter(isSlot).length);
  if (!best) throw new Error(`No route file answers ${pathname}`);
  const params = Object.fromEntries(
    best.flatMap((segment, at) =>
      isSlot(segment)
        ? [[segment.slice(1, -1), decodeURIComponent(parts[at] ?? "")]]
        : [],
    ),
  );
  return { file: path.join(V1, ...best, "route.ts"), params };
}

const isSlot = (segment: string) => segment.startsWith("[");

function request(method: string, pathname: string, sent: Sent): Request {
  const url = new URL(`/api${pathname}`, process.env["APP_URL"]);
  for (const [name, value] of Object.entries(sent.query ?? {}))
    url.searchParams.set(name, String(value));
  const headers = new Headers(sent.headers);
  if (sent.body === undefined) return new Request(url, { method, headers });
  const isRaw =
    typeof sent.body === "string" || sent.body instanceof Uint8Array;
  if (!headers.has("content-type"))
    headers.set("content-type", "application/json");
  const body = isRaw ? (sent.body as BodyInit) : JSON.stringify(sent.body);
  return new Request(url, { method, headers, body });
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? null : isJson ? JSON.parse(text) : text,
  };
}
