import { call } from "@/client/call";
import { failureOf } from "@/client/failure";
import { keysApi } from "../contract";

/** Enables or disables a key. Returns what went wrong in words, or null. */
export async function setKeyEnabled(
  id: string,
  isEnabled: boolean,
): Promise<string | null> {
  try {
    await call(keysApi.update, {
      params: { key_id: id },
      body: { is_enabled: isEnabled },
    });
    return null;
  } catch (error) {
    return failureOf(error).message;
  }
}
