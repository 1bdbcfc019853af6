import type { Listener, ModuleJobs } from "@/platform/jobs";
import {
  endWithSubscription,
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
  ],
};
