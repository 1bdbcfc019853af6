export { subscriptionsJobs } from "./jobs";
export {
  periodAt,
  periodNumber,
  type Anchor,
  type Interval,
  type Period,
} from "./period";
export { subscriptionsBlocker } from "./service/blocker";
export { changeSubscription } from "./service/change";
export { advanceClock, advanceClockOf, type Drain } from "./service/clock";
export { runDue } from "./service/due";
export { cancelSubscription, resumeSubscription } from "./service/end";
export { openSubscription, previewOpening } from "./service/open";
export { previewSubscribing, subscribe } from "./service/own";
export {
  extendTrial,
  pauseSubscription,
  unpauseSubscription,
} from "./service/pause";
export {
  cancelScheduledChange,
  getSubscription,
  listCustomerSubscriptions,
  listSubscriptionChanges,
  listSubscriptions,
  previewChange,
} from "./service/read";
