import {
  unavailable,
  type CheckInput,
  type Ruling,
  type Subject,
} from "./decision";
import { TollkeeperError } from "./errors";
import { missingKey, refusalOf, type Refusal } from "./refusal";
import type { UsageEvent } from "./tracking";

/** What a protected call needs of its Tollkeeper. */
export type Means = {
  rule: (input: CheckInput) => Promise<Ruling>;
  report: (error: TollkeeperError) => void;
  track: (event: UsageEvent) => void;
};

export type Call = {
  subject: Subject | undefined;
  endpoint: string;
  method?: string | undefined;
  cost?: number | undefined;
};

/** A refusal to answer, or the headers for the answer and where to record how the call went. */
export type Admission =
  | { refusal: Refusal }
  | {
      refusal: undefined;
      headers: Record<string, string>;
      record: (statusCode: number) => void;
    };

/** Ask whether a call may run. Never throws: what cannot be decided is refused. */
export async function admit(means: Means, call: Call): Promise<Admission> {
  const { subject, cost, method } = call;
  if (!subject) return { refusal: missingKey() };
  const endpoint = call.endpoint.slice(0, 200) || undefined;
  const ruling = await means
    .rule({ ...subject, cost, resource: endpoint })
    .catch((error: unknown) => {
      if (!(error instanceof TollkeeperError)) throw error;
      means.report(error);
      return unavailable(false, null);
    });
  if (!ruling.decision.valid) return { refusal: refusalOf(ruling) };
  return {
    refusal: undefined,
    headers: ruling.headers,
    record: recorder(means, { ...subject, endpoint, method }),
  };
}

type Known = Subject & {
  endpoint: string | undefined;
  method: string | undefined;
};

function recorder({ track }: Means, known: Known): (status: number) => void {
  const occurred_at = new Date().toISOString();
  const startedAt = performance.now();
  let isRecorded = false;
  return (status) => {
    if (isRecorded) return;
    isRecorded = true;
    const event: UsageEvent = {
      occurred_at,
      duration_ms: Math.round(performance.now() - startedAt),
    };
    if (status >= 100 && status <= 599) event.status_code = status;
    if (known.key !== undefined) event.key = known.key;
    else event.customer_id = known.customer_id;
    if (known.endpoint) event.endpoint = known.endpoint;
    if (known.method) event.method = known.method.slice(0, 20);
    track(event);
  };
}
