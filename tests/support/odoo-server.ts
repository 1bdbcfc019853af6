import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { onLoopback } from "./loopback";
import { OdooDatabases, OdooError } from "./odoo/databases";
import { callModel } from "./odoo/models";

type Options = { version: number; masterPassword: string; apiKey?: string };

/** What goes wrong with the next call that has this in its path or body. */
type Trouble = {
  at: string;
  /** "lose" does it and cuts the answer off; "cut" does nothing */
  kind: "cut" | "lose" | "wait" | "garbage";
  times: number;
};

/**
 * A stand-in for an Odoo server: the database manager's forms, JSON-RPC at /jsonrpc, JSON-2 from
 * version 19 on. It keeps state, and refuses what Odoo refuses in Odoo's own words.
 */
export async function startOdoo(options: Options) {
  const databases = new OdooDatabases(options.masterPassword);
  const troubles: Trouble[] = [];
  const calls: string[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse) {
    const body = await bodyOf(request);
    const path = request.url ?? "";
    const text = body.toString("latin1");
    calls.push(`${path} ${text.slice(0, 400)}`);
    const trouble = troubles.find(({ at }) => `${path} ${text}`.includes(at));
    if (trouble && (trouble.times -= 1) <= 0)
      troubles.splice(troubles.indexOf(trouble), 1);
    if (trouble?.kind === "cut") return response.destroy();
    if (trouble?.kind === "garbage")
      return send(response, 200, "text/html", "<html>502 Bad Gateway</html>");
    if (trouble?.kind === "wait")
      await new Promise<void>((resolve) => waiting.push(resolve));
    const reply = handle(path, body, request);
    if (trouble?.kind === "lose") return response.destroy();
    send(response, reply.status, reply.type, reply.body, reply.location);
  }

  function handle(path: string, body: Buffer, request: IncomingMessage): Reply {
    const form =
      /^\/web\/database\/(create|duplicate|drop|backup|restore)$/.exec(path);
    if (form) return manage(form[1] ?? "", body, request);
    if (path === "/web/version")
      return options.version >= 17
        ? json({
            version_info: versionOf(options),
            version: `${options.version}.0`,
          })
        : { status: 404, type: "text/html", body: "<h1>Not Found</h1>" };
    if (path === "/web/webclient/version_info")
      return json({
        jsonrpc: "2.0",
        id: 1,
        result: { server_version_info: versionOf(options) },
      });
    if (path === "/jsonrpc") return jsonRpc(body);
    const model = /^\/json\/2\/([\w.]+)\/(\w+)$/.exec(path);
    if (model && options.version >= 19)
      return json2(model[1] ?? "", model[2] ?? "", body, request);
    return { status: 404, type: "text/html", body: "<h1>Not Found</h1>" };
  }

  function manage(act: string, body: Buffer, request: IncomingMessage): Reply {
    const verbs: Record<string, string> = {
      create: "creation",
      duplicate: "duplication",
      drop: "deletion",
      backup: "backup",
      restore: "restore",
    };
    try {
      const isParts = request.headers["content-type"]?.startsWith("multipart/");
      const fields = isParts ? multipart(body, request) : urlEncoded(body);
      const file = databases.manage(act, fields);
      if (file)
        return { status: 200, type: "application/octet-stream", body: file };
      return {
        status: 303,
        type: "text/html",
        body: "",
        location: "/web/database/manager",
      };
    } catch (error) {
      const said =
        error instanceof OdooError ? error.message : "Internal Server Error";
      const words = `Database ${verbs[act]} error: ${said.replaceAll("'", "&#39;")}`;
      // Until 18 a page with status 200; 422 since.
      return {
        status: options.version >= 19 ? 422 : 200,
        type: "text/html; charset=utf-8",
        body: `<html><body><div class="alert alert-danger">${words}</div></body></html>`,
      };
    }
  }

  function jsonRpc(body: Buffer): Reply {
    const { params, id } = JSON.parse(body.toString("utf8"));
    try {
      const result = databases.serve(
        params.service,
        params.method,
        params.args,
        callModel,
      );
      return json({ jsonrpc: "2.0", id, result });
    } catch (error) {
      if (!(error instanceof OdooError)) throw error;
      const data = {
        name: error.kind,
        message: error.message,
        arguments: [error.message],
      };
      return json({
        jsonrpc: "2.0",
        id,
        error: { code: 200, message: "Odoo Server Error", data },
      });
    }
  }

  function json2(
    model: string,
    method: string,
    body: Buffer,
    request: IncomingMessage,
  ): Reply {
    const key = /^bearer (.+)$/i.exec(request.headers.authorization ?? "")?.[1];
    if (!options.apiKey || key !== options.apiKey)
      return json(
        { name: "werkzeug.exceptions.Unauthorized", message: "Invalid apikey" },
        401,
      );
    const database = databases.find(String(request.headers["x-odoo-database"]));
    if (!database)
      return json(
        { name: "werkzeug.exceptions.NotFound", message: "No database" },
        404,
      );
    try {
      const {
        ids = [],
        context: _,
        ...named
      } = JSON.parse(body.toString("utf8"));
      return json(callModel(database, model, method, ids, named) ?? null);
    } catch (error) {
      if (!(error instanceof OdooError)) throw error;
      return json({ name: error.kind, message: error.message }, 422);
    }
  }

  const { url, close } = await onLoopback(server);
  return {
    url,
    close,
    databases,
    /** every call so far: its path and how its body begins */
    calls,
    trouble: (at: string, kind: Trouble["kind"], times = 1) =>
      void troubles.push({ at, kind, times }),
    /** how many wait, and letting them go */
    waiting: () => waiting.length,
    release: () => waiting.splice(0).forEach((go) => go()),
  };
}

export type OdooServer = Awaited<ReturnType<typeof startOdoo>>;

type Reply = {
  status: number;
  type: string;
  body: string | Buffer;
  location?: string;
};

const versionOf = ({ version }: Options) => [version, 0, 0, "final", 0, ""];

function json(value: unknown, status = 200): Reply {
  return { status, type: "application/json", body: JSON.stringify(value) };
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  location?: string,
) {
  const headers = { "content-type": type, ...(location && { location }) };
  response.writeHead(status, headers).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

function urlEncoded(body: Buffer): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body.toString("utf8")));
}

function multipart(
  body: Buffer,
  request: IncomingMessage,
): Record<string, string> {
  const boundary =
    /boundary=(.+)$/.exec(request.headers["content-type"] ?? "")?.[1] ?? "";
  const fields: Record<string, string> = {};
  for (const part of body.toString("latin1").split(`--${boundary}`)) {
    const [head = "", ...rest] = part.split("\r\n\r\n");
    const name = /name="([^"]+)"/.exec(head)?.[1];
    if (name) fields[name] = rest.join("\r\n\r\n").replace(/\r\n$/, "");
  }
  return fields;
}
