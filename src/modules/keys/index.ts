export { presentedHash } from "./key-format";
export { countExpiringKeys, keyNames, ownersOfKeys } from "./service/in-use";
export {
  changeKey,
  getKey,
  issueKey,
  listKeys,
  revokeKey,
  rotateKey,
} from "./service/keys";
export { changeKeyQuotas, findLineage, getKeyQuotas } from "./service/quotas";
