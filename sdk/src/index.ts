export { createApi, type Api, type Connection } from "./api";
export type { CheckInput, Decision, Subject } from "./decision";
export { AccessRefused, TollkeeperError } from "./errors";
export type { Protect, ProtectOptions } from "./protect";
export {
  createTollkeeper,
  type Tollkeeper,
  type TollkeeperOptions,
} from "./tollkeeper";
export type { TrackingOptions, UsageEvent } from "./tracking";
