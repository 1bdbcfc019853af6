import { call } from "@/client/call";
import { subscriptionsApi } from "../contract";

// Loaded when they are done: a page can be read without them.

/** Has a subscription that was to end go on. */
export function resume(subscription_id: string) {
  return call(subscriptionsApi.resume, { params: { subscription_id } });
}

/** Calls off a change that is scheduled. */
export function callOff(subscription_id: string, change_id: string) {
  const params = { subscription_id, change_id };
  return call(subscriptionsApi.cancelChange, { params });
}
