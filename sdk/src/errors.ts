import type { Refusal } from "./refusal";

type Facts = {
  /** the API's error code, or NETWORK, TIMEOUT, GARBLED, QUEUE_FULL, EVENTS_REJECTED, EVENTS_LOST, NO_USAGE */
  code: string;
  /** HTTP status of the answer; null when none came */
  status?: number | null;
  /** what the API said about single fields or events */
  details?: unknown;
  retryAfterSeconds?: number | null;
};

/** Why Tollkeeper could not be asked, or did not take what it was sent. Never holds the token. */
export class TollkeeperError extends Error {
  readonly code: string;
  readonly status: number | null;
  readonly details: unknown;
  readonly retryAfterSeconds: number | null;

  constructor(message: string, facts: Facts) {
    super(message);
    this.name = "TollkeeperError";
    this.code = facts.code;
    this.status = facts.status ?? null;
    this.details = facts.details;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
  }

  /** True when the same request may well be answered later: no answer, 408, 429 or 5xx. */
  get isTemporary(): boolean {
    const { status } = this;
    return status === null || status === 408 || status === 429 || status >= 500;
  }
}

/** Thrown to the caller of a protected plain function whose call was refused. */
export class AccessRefused extends Error {
  /** 401, 403, 429 or 503, for hosts that answer over HTTP after all */
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Refusal["body"];

  constructor({ status, headers, body }: Refusal) {
    super(body.error);
    this.name = "AccessRefused";
    this.status = status;
    this.headers = headers;
    this.body = body;
  }
}
