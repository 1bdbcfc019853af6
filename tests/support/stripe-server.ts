import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import Stripe from "stripe";
import { randomText } from "@/shared/ids";
import { onLoopback } from "./loopback";
import { endpointOf } from "./stripe/endpoints";
import { parseForm } from "./stripe/form";
import { stripePeople } from "./stripe/people";
import { Refusal, wrong } from "./stripe/refusals";
import { stripeStore, type SentEvent } from "./stripe/store";

type Reply = { status: number; body: object; isReplay?: boolean };

/**
 * A stand-in for Stripe: a real server on loopback that keeps what it is told, takes only what the
 * real one takes, answers an idempotency key once, signs its events, and can be down.
 */
export async function startStripeServer(isLive = false) {
  const store = stripeStore(isLive);
  const mode = isLive ? "live" : "test";
  const state = {
    key: `sk_${mode}_${letters(24)}`,
    secret: `whsec_${letters(32)}`,
    /** answers 500 to everything */
    isDown: false,
    /** so many orders are carried out, and their answers lost on the way */
    losesAnswers: 0,
    /** how many calls came, by method and path */
    calls: [] as string[],
  };
  const answered = new Map<string, { digest: string; reply: Reply }>();
  let sent = 0;
  let base = "";

  function answer(request: IncomingMessage, text: string): Reply {
    const { headers, method = "GET", url: target = "/" } = request;
    const { pathname, search } = new URL(target, base);
    state.calls.push(`${method} ${pathname}`);
    if (state.isDown)
      throw new Refusal(500, { type: "api_error", message: "Sorry!" });
    authenticate(headers.authorization, headers["stripe-version"]);
    const key = method === "POST" ? headers["idempotency-key"] : undefined;
    const digest = createHash("sha256")
      .update(`${pathname} ${text}`)
      .digest("hex");
    const known = answered.get(String(key));
    if (known && known.digest === digest)
      return { ...known.reply, isReplay: true };
    if (known)
      throw new Refusal(400, {
        type: "idempotency_error",
        message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${String(key)}' if you meant to execute a different request.`,
      });
    const reply = perform(method, pathname, text || search.slice(1));
    if (key) answered.set(String(key), { digest, reply });
    return reply;
  }

  function authenticate(given = "", version: unknown): void {
    if (given !== `Bearer ${state.key}`)
      throw new Refusal(401, {
        type: "invalid_request_error",
        message: given
          ? "Invalid API Key provided: sk_test_***"
          : "You did not provide an API key.",
      });
    if (version !== Stripe.API_VERSION)
      throw wrong(`Invalid Stripe API version: ${String(version)}`);
  }

  function perform(method: string, path: string, fields: string): Reply {
    const { answer: of, id } = endpointOf(method, path);
    try {
      const given = parseForm(fields);
      return { status: 200, body: of({ store, given, id, base }) };
    } catch (error) {
      // A card that was declined is an answer too, and kept as one.
      if (error instanceof Refusal && error.status === 402)
        return { status: 402, body: { error: error.error } };
      throw error;
    }
  }

  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const reply = refusing(() => answer(request, body));
      if (state.losesAnswers > 0 && request.method === "POST") {
        state.losesAnswers -= 1;
        request.socket.destroy();
        return;
      }
      response.writeHead(reply.status, {
        "content-type": "application/json",
        "request-id": `req_${letters(14)}`,
        ...(reply.isReplay && { "idempotent-replayed": "true" }),
      });
      response.end(JSON.stringify(reply.body));
    });
  });
  const { url, close } = await onLoopback(server);
  base = url;

  /** What was not taken yet, in the order in which it happened. */
  function take(): SentEvent[] {
    const events = store.events.slice(sent);
    sent = store.events.length;
    return events;
  }

  /** An event as it is sent: its body, and the header that signs it. */
  function signed(
    event: object,
    { at = store.now(), secret = state.secret } = {},
  ) {
    const payload = JSON.stringify(event, null, 2);
    const signature = Stripe.webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp: at,
    });
    return { raw: payload, headers: { "stripe-signature": signature } };
  }

  return Object.assign(state, {
    ...{ url, store, take, signed, stop: close },
    people: stripePeople(store),
  });
}

export type StripeServer = Awaited<ReturnType<typeof startStripeServer>>;

function refusing(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal)
      return { status: error.status, body: { error: error.error } };
    const message = error instanceof Error ? error.message : "Unknown";
    return { status: 500, body: { error: { type: "api_error", message } } };
  }
}

async function text(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

const letters = (count: number) =>
  randomText(count).replace(/[^a-zA-Z0-9]/g, "x");
