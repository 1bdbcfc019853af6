export {
  closePrice,
  createPrice,
  currentPricing,
  getPrice,
  listPrices,
  listProviders,
} from "./service";
