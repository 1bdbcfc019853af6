export {
  findPlanByCode,
  getPlanVersion,
  getSoldVersion,
  listOwnPlans,
  listPublicPlans,
  plansOfVersions,
  versionNames,
  type SoldVersion,
  versionsOfPlan,
} from "./service/offer";
export {
  archivePlan,
  changePlan,
  createPlan,
  getPlan,
  listPlans,
} from "./service/plans";
export {
  discardDraft,
  draftVersion,
  getVersion,
  listVersions,
  publishVersion,
  setTerms,
} from "./service/versions";
export { chargesOf, priceOf, type MeterCharge } from "./sold";
