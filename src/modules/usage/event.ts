import { createHash } from "node:crypto";
import type { UsageEvent } from "./contract";

/** An event as it is stored: whose it is, and when it happened, are settled. */
export type StoredEvent = {
  id: string;
  customer_id: string;
  key_id: string | null;
  occurred_at: string;
  fingerprint: Buffer;
  /** of an access check's refusal; null for calls */
  code: string | null;
  meter: string;
  provider: string | null;
  model: string | null;
  endpoint: string | null;
  method: string | null;
  status_code: number | null;
  duration_ms: number | null;
  tokens_input: number | null;
  tokens_output: number | null;
  tokens_cached: number | null;
  tokens_reasoning: number | null;
  quantity: number;
  /** decimal text */
  cost: string | null;
  properties: Record<string, unknown> | null;
};

/** Seconds that an event may lie back, and ahead of the database's clock. */
export const acceptedBack = 35 * 24 * 60 * 60;
export const acceptedAhead = 5 * 60;

/** Whether an event's time is one that is still (or already) taken. */
export function isInWindow(occurredAt: Date, now: Date): boolean {
  const age = (now.getTime() - occurredAt.getTime()) / 1000;
  return age <= acceptedBack && age >= -acceptedAhead;
}

/** The stored form of an event that belongs to this customer. */
export function toStored(
  event: UsageEvent,
  owner: { customerId: string; keyId: string | null },
  now: Date,
): StoredEvent {
  return {
    id: event.id,
    customer_id: owner.customerId,
    key_id: owner.keyId,
    occurred_at: event.occurred_at ?? now.toISOString(),
    fingerprint: fingerprint(event),
    code: null,
    meter: event.meter ?? "calls",
    provider: event.provider ?? null,
    model: event.model ?? null,
    endpoint: event.endpoint ?? null,
    method: event.method ?? null,
    status_code: event.status_code ?? null,
    duration_ms: event.duration_ms ?? null,
    tokens_input: event.tokens_input ?? null,
    tokens_output: event.tokens_output ?? null,
    tokens_cached: event.tokens_cached ?? null,
    tokens_reasoning: event.tokens_reasoning ?? null,
    quantity: event.quantity ?? 1,
    cost: event.cost ?? null,
    properties: event.properties ?? null,
  };
}

/**
 * What tells a re-sent event from another one under the same id: 16 bytes of a SHA-256 over what
 * was sent, in the contract's order of fields, without the time when none was sent.
 */
export function fingerprint(event: UsageEvent): Buffer {
  const text = JSON.stringify(event);
  return createHash("sha256").update(text).digest().subarray(0, 16);
}
