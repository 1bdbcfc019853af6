import type { TestDatabase } from "./database";
import { runJobs } from "./jobs";
import { startServer, type AppServer } from "./server";

/** What came back of a call; `body` is the parsed JSON, or the text of another type. */
export type Heard = {
  status: number;
  headers: Headers;
  body: ReturnType<typeof JSON.parse>;
};

/**
 * The built app, called over HTTP by the paths that the systems had which it unites. Call it once
 * in a test file, after what sets the environment.
 */
export function useOlderPaths(
  database: TestDatabase,
  settings: Record<string, string> = {},
) {
  let server: AppServer;
  beforeAll(async () => {
    server = await startServer(settings);
  }, 400_000);
  afterAll(() => server?.stop(), 60_000);

  async function send(
    call: string,
    body?: BodyInit,
    headers: Record<string, string> = {},
  ): Promise<Heard> {
    const [method = "", path = ""] = call.split(" ");
    const type = { "content-type": "application/json" };
    const answer = await fetch(server.url + path, {
      method,
      headers: { ...(body !== undefined && type), ...headers },
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get("content-type")?.includes("json");
    return {
      status: answer.status,
      headers: answer.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }

  const ask = (call: string, body?: object, token?: string) =>
    send(
      call,
      body && JSON.stringify(body),
      token ? { authorization: `Bearer ${token}` } : {},
    );

  return {
    /** as it is sent on the wire: "POST /api/webhooks/stripe" */
    send,
    /** with a body of JSON, by who holds a token */
    ask,
    person: () => person(ask),
    /** do what waits in the queue, in this process */
    work: () => runJobs(database),
    /** the token of the link in the newest mail of a kind to somebody */
    mailed: async (to: string, template: "verify" | "reset") => {
      await runJobs(database);
      const [mail] = await database.query<{ text: string }>(
        "SELECT text FROM mails WHERE recipient = $1 AND template = $2 ORDER BY id DESC LIMIT 1",
        [to, template],
      );
      return /token=(\w+)/.exec(mail?.text ?? "")?.[1] ?? "no mail";
    },
  };
}

/** Somebody who signs in by the API, and calls by the token that they have then. */
function person(
  ask: (call: string, body?: object, token?: string) => Promise<Heard>,
) {
  let token = "";
  const calls = (call: string, body?: object) => ask(call, body, token);
  /** A call that must be answered so; its body. */
  async function does(status: number, call: string, body?: object) {
    const answer = await calls(call, body);
    const problem = answer.status === status ? null : answer.body;
    expect([call, answer.status, problem]).toEqual([call, status, null]);
    return answer.body;
  }
  async function signsIn(email: string, password: string) {
    const tokens = await does(200, "POST /api/auth/login", {
      ...{ email, password },
    });
    token = tokens.access_token;
    return tokens;
  }
  async function renews(refresh_token: string) {
    const tokens = await does(200, "POST /api/auth/refresh", {
      refresh_token,
    });
    token = tokens.access_token;
  }
  return { calls, does, signsIn, renews };
}
