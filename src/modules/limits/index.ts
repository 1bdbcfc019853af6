export {
  currentLimits,
  findKeyLimits,
  getCustomerLimits,
  setCustomerLimits,
  setKeyLimits,
} from "./service";
