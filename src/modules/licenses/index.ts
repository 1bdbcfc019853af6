export { licensesJobs } from "./jobs";
export {
  activateLicense,
  beatActivation,
  freeSlot,
  listActivations,
  releaseActivation,
} from "./service/activations";
export {
  changeLicense,
  reinstateLicense,
  renewLicense,
  revokeLicense,
  suspendLicense,
  transferLicense,
} from "./service/changes";
export { licensesBlocker } from "./service/ending";
export { checkOutLicense } from "./service/files";
export { getLicense, issueLicense, listLicenses } from "./service/licenses";
export {
  addDevice,
  addDomain,
  listDevices,
  listDomains,
  removeDevice,
  removeDomain,
} from "./service/places";
export { listPublicKeys, rotateSigningKey } from "./service/signing";
export { validateLicense } from "./service/validate";
