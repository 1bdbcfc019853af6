import { soundParams, type SearchParams } from "@/client/sound-params";
import { InboundQuery } from "../contract/webhooks";

/** The events that an address asks for; what makes no sense in it counts as not given. */
export function toInboundQuery(params: SearchParams): InboundQuery {
  const { status, provider, cursor } = InboundQuery.shape;
  const fields = { status, provider, cursor };
  return InboundQuery.parse({ limit: 50, ...soundParams(fields, params) });
}
