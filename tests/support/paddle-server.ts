import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type {
  IAdjustmentResponse,
  ICustomerResponse,
  IPaymentMethodResponse,
  ISubscriptionResponse,
  ITransactionResponse,
} from "@paddle/paddle-node-sdk";
import { randomText } from "@/shared/ids";
import { onLoopback } from "./loopback";
import { endpointOf } from "./paddle/endpoints";
import { paddlePeople } from "./paddle/people";

export type Things = {
  ctm: Pick<
    ICustomerResponse,
    "id" | "email" | "name" | "status" | "custom_data"
  >;
  txn: Pick<
    ITransactionResponse,
    | ("id" | "status" | "customer_id" | "custom_data" | "currency_code")
    | ("subscription_id" | "created_at" | "updated_at" | "billed_at")
  > & {
    items: object[];
    payments: Partial<ITransactionResponse["payments"][number]>[];
    details: {
      tax_rates_used: object[];
      totals: Record<string, string>;
      line_items: { id: string; totals: Record<string, string> }[];
    };
    checkout: { url: string } | null;
    adjustments_totals?: object;
  };
  adj: Pick<
    IAdjustmentResponse,
    | ("id" | "action" | "type" | "transaction_id" | "customer_id" | "reason")
    | ("currency_code" | "status" | "created_at" | "updated_at")
  > & { items: object[]; totals: Record<string, string> };
  paymtd: Pick<
    IPaymentMethodResponse,
    "id" | "customer_id" | "type" | "card" | "saved_at" | "updated_at"
  >;
  sub: Pick<
    ISubscriptionResponse,
    | ("id" | "status" | "customer_id" | "currency_code" | "custom_data")
    | ("canceled_at" | "current_billing_period" | "billing_cycle")
    | ("scheduled_change" | "created_at" | "updated_at")
  > & { items: object[] };
};
export type Kind = keyof Things;

/** An answer that is no success, as Paddle words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

export type PaddleEvent = {
  event_id: string;
  event_type: string;
  occurred_at: string;
  notification_id: string;
  data: object;
};

/** What one account of Paddle holds. */
export function paddleStore() {
  const things = new Map<string, object>();
  const events: PaddleEvent[] = [];
  return {
    things,
    events,
    add<K extends Kind>(kind: K, fields: Omit<Things[K], "id">): Things[K] {
      const id = `${kind}_${randomText(26).toLowerCase()}`;
      // Safe: the id is all that was left out.
      const thing = { id, ...fields } as Things[K];
      things.set(id, thing);
      return thing;
    },
    get<K extends Kind>(kind: K, id: string): Things[K] {
      const thing = id.startsWith(`${kind}_`) ? things.get(id) : undefined;
      if (!thing) throw new Refusal(404, "not_found", `Entity ${id} not found`);
      return thing as Things[K]; // Safe: its id says its kind.
    },
    all<K extends Kind>(kind: K): Things[K][] {
      // Safe: the same.
      return [...things]
        .filter(([id]) => id.startsWith(`${kind}_`))
        .map(([, thing]) => thing as Things[K]);
    },
    happen(event_type: string, data: object): void {
      const id = randomText(26).toLowerCase();
      events.push({
        ...{ event_id: `evt_${id}`, event_type, notification_id: `ntf_${id}` },
        occurred_at: new Date().toISOString(),
        data: structuredClone(data),
      });
    },
  };
}

export type Store = ReturnType<typeof paddleStore>;

/**
 * A stand-in for Paddle: a real server on loopback that keeps what it is told, takes only what the
 * real one takes, signs its events, and can be down.
 */
export async function startPaddleServer() {
  const store = paddleStore();
  const state = {
    key: `pdl_sdbx_apikey_${randomText(26)}`,
    secret: `pdl_ntfset_${randomText(40)}`,
    /** answers 500 to everything */
    isDown: false,
  };
  let sent = 0;
  let base = "";

  function answer(request: IncomingMessage, text: string) {
    const { headers, method = "GET", url: target = "/" } = request;
    if (state.isDown) throw new Refusal(500, "internal_error", "Sorry!");
    if (
      headers.authorization?.toLowerCase() !==
      `bearer ${state.key}`.toLowerCase()
    )
      throw new Refusal(403, "forbidden", "You are not permitted.");
    const url = new URL(target, base);
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    const { answer: of, ids } = endpointOf(method, url.pathname);
    return of({ store, body, ids, query: url.searchParams, url, base });
  }

  const server = createServer((request, response) => {
    void read(request).then((text) => {
      const { status, body } = refusing(() => answer(request, text));
      response.writeHead(status, { "content-type": "application/json" });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    });
  });
  const { url, close } = await onLoopback(server);
  base = url;

  return Object.assign(state, {
    ...{ url, store, stop: close, people: paddlePeople(store) },
    /** what was not taken yet, in the order in which it happened */
    take(): PaddleEvent[] {
      const events = store.events.slice(sent);
      sent = store.events.length;
      return events;
    },
    /** an event as it is sent, signed by each of these secrets */
    signed(event: object, { at = Date.now(), secrets = [state.secret] } = {}) {
      const raw = JSON.stringify(event);
      const ts = String(at).slice(0, -3);
      const marks = secrets.map(
        (secret) =>
          `h1=${createHmac("sha256", secret).update(`${ts}:${raw}`).digest("hex")}`,
      );
      const signature = [`ts=${ts}`, ...marks].join(";");
      return { raw, headers: { "paddle-signature": signature } };
    },
  });
}

export type PaddleServer = Awaited<ReturnType<typeof startPaddleServer>>;

function refusing(work: () => object | null): { status: number; body: object } {
  const meta = { request_id: randomText(20) };
  try {
    const answer = work();
    if (answer === null) return { status: 204, body: {} };
    return { status: 200, body: { meta, ...answer } };
  } catch (error) {
    const { status, code, detail } =
      error instanceof Refusal
        ? error
        : { status: 500, code: "internal_error", detail: String(error) };
    const type = status >= 500 ? "api_error" : "request_error";
    const documentation_url = "https://developer.paddle.com";
    return {
      status,
      body: { error: { type, code, detail, documentation_url }, meta },
    };
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}
