import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import {
  CheckInput,
  Decision,
  Reservation,
  SettleInput,
  VerifyInput,
} from "@/modules/access/contract";
import { IngestResult, UsageEvent } from "@/modules/usage/contract";
import { onLoopback } from "./loopback";

/** What an answer is; null cuts the connection, "never" leaves the caller waiting. */
export type Reply =
  | {
      status?: number;
      body: unknown;
      headers?: Record<string, string>;
    }
  | null
  | "never";

/** A server on loopback that answers the hot endpoints as their contracts say. */
export type ApiStandIn = {
  url: string;
  /** the checks and batches that came, well-formed ones only */
  checks: CheckInput[];
  verifies: VerifyInput[];
  batches: UsageEvent[][];
  /** reservations by id; null was released */
  closings: [id: string, used: SettleInput | null][];
  /** replies for the next requests, before the usual ones */
  nextChecks: Reply[];
  nextBatches: Reply[];
  nextClosings: Reply[];
  stop(): Promise<void>;
};

/** What every check that reserves is given. */
export const reservationId = "rsv_01jd0000000000000000000000";
const later = "2030-01-01T00:00:00.000Z";

export const standInToken = "tk_stand_in_0123456789";

const customer = { id: "cus_01jd0000000000000000000000", name: "Acme Corp" };
const limits = {
  per_second: 10,
  per_minute: 100,
  per_hour: null,
  per_day: null,
  per_month: null,
};

/** A decision as the API gives it: let through, unless told otherwise. */
export function decision(given: Partial<Decision> = {}): Decision {
  return Decision.parse({
    code: "VALID",
    valid: given.code === undefined || given.code === "VALID",
    message: "The call may go ahead.",
    customer,
    key_id: "key_01jd0000000000000000000000",
    limits,
    usage: { second: 1, minute: 45, hour: 45, day: 45, month: 45 },
    remaining: { second: 9, minute: 55, hour: null, day: null, month: null },
    window: "second",
    retry_after: null,
    quota: null,
    spend: null,
    feature: null,
    reservation: null,
    ...given,
  });
}

/** A refusal at the limit, and what the caller of a protected program is answered then. */
export const tooMany = {
  code: "RATE_LIMITED",
  message: "Rate limit exceeded: 10 calls per second",
  usage: { second: 10, minute: 45, hour: 45, day: 45, month: 45 },
  retry_after: 0.4,
} as const;

export const tooManyBody = {
  status: "error",
  error: "Rate limit exceeded: 10 calls per second",
  error_type: "rate_limit",
  limits: {
    ...{ per_second: 10, per_minute: 100 },
    ...{ per_hour: null, per_day: null, per_month: null },
  },
  usage: { second: 10, minute: 45, hour: 45, day: 45, month: 45 },
  retry_after: 0.4,
  code: "RATE_LIMITED",
};

export async function startApiStandIn(): Promise<ApiStandIn> {
  const api: Api = {
    ...{ checks: [], verifies: [], batches: [], closings: [] },
    ...{ nextChecks: [], nextBatches: [], nextClosings: [] },
  };
  const server = createServer((request, response) => {
    void replyTo(api, request).then((reply) => send(response, reply));
  });
  const { url, close } = await onLoopback(server);
  return Object.assign(api, { url, stop: close });
}

type Api = Omit<ApiStandIn, "url" | "stop">;

async function replyTo(api: Api, request: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  if (request.headers.authorization !== `Bearer ${standInToken}`)
    return problem(401, "UNAUTHENTICATED");
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || "{}");
  if (request.method !== "POST") return problem(404, "NOT_FOUND");
  const path = request.url?.replace("/api/v1", "");
  if (path === "/check") return replyToCheck(api, body);
  if (path === "/keys/verify") return replyToVerify(api, body);
  if (path === "/usage/events") return replyToEvents(api, body);
  const [, id, verb] =
    /^\/check\/(\w+)\/(settle|release)$/.exec(path ?? "") ?? [];
  if (id) return replyToClosing(api, id, verb === "settle" ? body : null);
  return problem(404, "NOT_FOUND");
}

function replyToCheck(
  api: Pick<ApiStandIn, "checks" | "nextChecks">,
  body: unknown,
): Reply {
  const input = CheckInput.safeParse(body);
  if (!input.success) return problem(400, "VALIDATION_FAILED");
  api.checks.push(input.data);
  const next = api.nextChecks.shift();
  if (next !== undefined) return next;
  const headers = { "ratelimit-policy": '"second";q=10;w=1' };
  const { reserve, meter = null } = input.data;
  const reservation = reserve && {
    ...{ id: reservationId, meter, amount: reserve.amount },
    ...{ spend: reserve.spend ?? "0", expires_at: later },
  };
  return { body: decision({ reservation: reservation ?? null }), headers };
}

function replyToVerify(api: Pick<ApiStandIn, "verifies">, body: unknown) {
  const input = VerifyInput.safeParse(body);
  if (!input.success) return problem(400, "VALIDATION_FAILED");
  api.verifies.push(input.data);
  return { body: decision() };
}

function replyToClosing(
  api: Pick<ApiStandIn, "closings" | "nextClosings">,
  id: string,
  body: unknown,
): Reply {
  const used = body === null ? null : SettleInput.parse(body);
  api.closings.push([id, used]);
  const next = api.nextClosings.shift();
  if (next !== undefined) return next;
  return {
    body: Reservation.parse({
      ...{ id, customer_id: customer.id, meter: null },
      ...{ status: used ? "settled" : "released", amount: 100, spend: "0" },
      settled_amount: used?.amount ?? null,
      settled_spend: used?.spend ?? null,
      expires_at: later,
    }),
  };
}

function replyToEvents(
  api: Pick<ApiStandIn, "batches" | "nextBatches">,
  body: unknown,
): Reply {
  const sent = [body].flat();
  const parsed = sent.map((event) => UsageEvent.safeParse(event));
  api.batches.push(parsed.flatMap(({ data }) => data ?? []));
  const next = api.nextBatches.shift();
  if (next !== undefined) return next;
  const items = parsed.map(({ data }) => ({
    id: data?.id ?? null,
    status: data ? "accepted" : "rejected",
    ...(!data && { code: "VALIDATION_FAILED", error: "is no usage event" }),
  }));
  const rejected = items.filter(({ id }) => id === null).length;
  const accepted = items.length - rejected;
  return {
    body: IngestResult.parse({ accepted, duplicates: 0, rejected, items }),
  };
}

/** An error as the API answers it. */
export function problem(status: number, code: string): Reply {
  return {
    status,
    body: { error: `Refused: ${code}.`, code, request_id: "req_1" },
  };
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === "never") return;
  if (reply === null) return void response.destroy();
  const isText = typeof reply.body === "string";
  response.writeHead(reply.status ?? 200, {
    "content-type": isText ? "text/html" : "application/json",
    ...reply.headers,
  });
  response.end(isText ? reply.body : JSON.stringify(reply.body));
}
