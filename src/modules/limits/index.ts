export { limitsJobs } from "./jobs";
export { addBoost, listBoosts, stopBoost } from "./service/boosts";
export {
  featureValues,
  getCustomerFeatures,
  getDefaultFeatures,
  setCustomerFeatures,
  setDefaultFeatures,
} from "./service/features";
export {
  currentLimits,
  findKeyLimits,
  getCustomerLimits,
  getDefaultLimits,
  setCustomerLimits,
  setDefaultLimits,
  setKeyLimits,
} from "./service/limits";
export {
  takeWindows,
  type FiveWindows,
  type WindowAsk,
  type WindowVerdict,
} from "./queries/windows";
export {
  endPlan,
  grantPlan,
  planInForce,
  setPlanEntitlements,
  type PlanEntitlements,
} from "./service/plans";
export {
  getCustomerQuotas,
  getDefaultQuotas,
  keyQuotas,
  setCustomerQuotas,
  setDefaultQuotas,
  setKeyQuotas,
} from "./service/quotas";
