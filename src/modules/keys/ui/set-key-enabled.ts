import { call } from "@/client/call";
import { keysApi } from "../contract";

/** Enables or disables a key. */
export function setKeyEnabled(id: string, isEnabled: boolean) {
  return call(keysApi.update, {
    params: { key_id: id },
    body: { is_enabled: isEnabled },
  });
}
