import type { Listener, ModuleJobs } from "@/platform/jobs";
import {
  endWithSubscription,
  extendWithSubscription,
  resumeWithSubscription,
  watchLicenses,
} from "./service/ending";

const onSubscription = (
  on: `subscription.${string}`,
  act: typeof endWithSubscription,
): Listener => ({
  on,
  run: (tx, payload) => act(tx, String(payload["subscription_id"])),
});

export const licensesJobs: ModuleJobs = {
  timers: [{ name: "licenses_watch", cron: "*/5 * * * *", run: watchLicenses }],
  listeners: [
    onSubscription("subscription.canceled", endWithSubscription),
    onSubscription("subscription.unpaid", endWithSubscription),
    onSubscription("subscription.reactivated", resumeWithSubscription),
    onSubscription("subscription.renewed", extendWithSubscription),
    onSubscription("subscription.trial_ended", extendWithSubscription),
    onSubscription("subscription.changed", extendWithSubscription),
  ],
};
