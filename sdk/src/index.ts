export type { AiSdkMiddleware } from "./ai-sdk";
export type { CallFacts, ProtectedCall } from "./admission";
export { createApi, type Api, type Connection } from "./api";
export type { Held, Settlement, Used } from "./asking";
export type {
  CheckFacts,
  CheckInput,
  Conditions,
  Decision,
  Hold,
  Reservation,
  ReserveInput,
  Subject,
  VerifyInput,
} from "./decision";
export { AccessRefused, TollkeeperError } from "./errors";
export type { Llm, MeterModel } from "./llm";
export type { LlmFacts } from "./metered-call";
export type { Protect } from "./protect";
export type { ProtectOptions } from "./protect-options";
export type { Rejection } from "./rejection";
export {
  estimateTokens,
  TokenCounter,
  type Provider,
  type TokenUsage,
} from "./token-counter";
export {
  createTollkeeper,
  type Tollkeeper,
  type TollkeeperOptions,
} from "./tollkeeper";
export type {
  DropReason,
  TrackedEvent,
  TrackingOptions,
  UsageEvent,
} from "./tracking";
