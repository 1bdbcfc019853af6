import path from "node:path";
import Sequencer from "@jest/test-sequencer";

// As they took longest on a machine that had run none before.
const longest = [
  "e2e/pages",
  "http/authorization",
  "http/input",
  "e2e/customer-changes",
  "scenarios/container-image",
  "modules/access-oracle",
  "e2e/support",
  "e2e/stranger",
  "scenarios/processes",
  "scenarios/billing-killed",
  "modules/stripe-permutations",
  "migrations",
  "modules/invoice-numbers",
].map((name) => path.resolve(import.meta.dirname, "..", `${name}.test.ts`));

/**
 * The order in which test files begin: the longest, others that drive a server or a browser, the
 * rest. One that began last, and ran alone, would leave the other worker without any.
 */
export default class LongestFirst extends Sequencer {
  /** @param {Parameters<Sequencer["sort"]>[0]} tests */
  async sort(tests) {
    const usual = await super.sort(tests);
    return [...usual].sort((a, b) => rank(a.path) - rank(b.path));
  }
}

/** @param {string} file */
function rank(file) {
  const at = longest.indexOf(file);
  if (at >= 0) return at;
  return longest.length + (/[\\/](e2e|scenarios)[\\/]/.test(file) ? 0 : 1);
}
