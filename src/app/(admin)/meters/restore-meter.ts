import { call } from "@/client/call";
import { metersApi } from "@/modules/meters/contract";

/** Has an archived meter count again. */
export function restoreMeter(id: string) {
  return call(metersApi.update, {
    params: { meter_id: id },
    body: { is_archived: false },
  });
}
