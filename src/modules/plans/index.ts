export {
  findPlanByCode,
  findSoldVersion,
  getPlanVersion,
  getSoldVersion,
  listOwnPlans,
  listPublicPlans,
  plansOfVersions,
  versionName,
  versionNames,
  versionsOfPlan,
} from "./service/offer";
export type { SoldVersion } from "./queries/versions";
export {
  archivePlan,
  changePlan,
  createPlan,
  getPlan,
  listPlans,
} from "./service/plans";
export { addStarterPlans } from "./service/starters";
export {
  discardDraft,
  draftVersion,
  getVersion,
  listVersions,
  publishVersion,
  setTerms,
} from "./service/versions";
export { chargesOf, priceOf, type MeterCharge } from "./sold";
