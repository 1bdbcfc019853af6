import { hostedNames } from "../contract/parts";
import { chargesSaved } from "./providers";

export {
  assertOpen as assertOnline,
  openNames as onlineProviders,
} from "./providers";

/** Whether some provider here keeps a way to pay, to charge it with nobody there. */
export function keepsMethods(): boolean {
  return hostedNames.some(chargesSaved);
}
