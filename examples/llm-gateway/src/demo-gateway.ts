import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export type RunningGateway = {
  /** One chat. With `chunks`, the caller hangs up after so many. */
  chat: (key: string, request: object, chunks?: number) => Promise<Reply>;
  /** Stop it; it reports what it has not yet reported. */
  stop: () => Promise<void>;
};

export type Reply = { status: number; retryAfter: string | null; body: string };

/** Start the gateway as its users would, on a free port, with the stand-in for a model. */
export async function startGateway(): Promise<RunningGateway> {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "server.js")],
    {
      env: { ...process.env, PORT: "0", HOST: "127.0.0.1", UPSTREAM_URL: "" },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  for await (const line of createInterface(child.stdout)) {
    const url = /"url":"([^"]+)"/.exec(line)?.[1];
    if (url)
      return {
        chat: (key, request, chunks) => chat(url, key, request, chunks),
        stop: async () => {
          const exited = once(child, "exit");
          child.kill("SIGTERM");
          await exited;
        },
      };
  }
  throw new Error("The gateway did not start.");
}

async function chat(
  url: string,
  key: string,
  request: object,
  chunks = Infinity,
): Promise<Reply> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${key}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(request),
  });
  const { status, headers } = response;
  const retryAfter = headers.get("retry-after");
  return { status, retryAfter, body: await bodyOf(response, chunks) };
}

async function bodyOf(response: Response, chunks: number): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let at = 0; at < chunks; at++) {
    const next = await reader?.read();
    if (!next || next.done) return text;
    text += decoder.decode(next.value, { stream: true });
  }
  await reader?.cancel();
  return text;
}
