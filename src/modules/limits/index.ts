export { limitsJobs } from "./jobs";
export {
  currentLimits,
  findKeyLimits,
  getCustomerLimits,
  setCustomerLimits,
  setKeyLimits,
} from "./service";
