import { call } from "@/client/call";
import { soundParams, type SearchParams } from "@/client/sound-params";
import { startOfUtcDay } from "@/shared/time";
import type { LogPage } from "@/ui/log/use-older";
import { EventQuery, usageLogApi, type LoggedEvent } from "../contract/log";

const usualDays = 30;

/**
 * The part of the log that an address asks for, the last 30 days unless it says since when; what
 * makes no sense is left out.
 */
export function toEventQuery(params: SearchParams): EventQuery {
  const { cursor: _, limit: __, ...fields } = EventQuery.shape;
  return EventQuery.parse({
    from: startOfUtcDay(new Date(), 1 - usualDays).toISOString(),
    ...soundParams(fields, params),
  });
}

/** The events of such a part that come after `cursor`. */
export function loadOlderEvents(
  params: SearchParams,
  cursor: string,
): Promise<LogPage<LoggedEvent>> {
  return call(usageLogApi.list, { query: { ...toEventQuery(params), cursor } });
}
