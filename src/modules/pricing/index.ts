export {
  closePrice,
  createPrice,
  currentPricing,
  getPrice,
  listPrices,
} from "./service";
