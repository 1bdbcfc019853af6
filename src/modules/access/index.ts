export { checkAccess, verifyKey } from "./service";
