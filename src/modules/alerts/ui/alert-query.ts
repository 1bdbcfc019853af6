import { call } from "@/client/call";
import { soundParams, type SearchParams } from "@/client/sound-params";
import { alertsApi, AlertQuery, type AlertPage } from "../contract";

/** The alerts that an address asks for; what makes no sense is left out. */
export function toAlertQuery(params: SearchParams): AlertQuery {
  const { kind, unread, customer_id } = AlertQuery.shape;
  const fields = { kind, unread, customer_id, state: AlertQuery.shape.state };
  return AlertQuery.parse(soundParams(fields, params));
}

/** Those of them that come after `cursor`. */
export function loadOlderAlerts(
  params: SearchParams,
  cursor: string,
): Promise<AlertPage> {
  return call(alertsApi.list, { query: { ...toAlertQuery(params), cursor } });
}
