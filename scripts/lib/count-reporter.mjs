import { writeFileSync } from "node:fs";

/** A reporter of Jest that leaves the numbers of a run, as JSON, in the file TEST_COUNTS. */
export default class CountReporter {
  onRunComplete(_, results) {
    const browserTests = results.testResults
      .filter(({ testFilePath }) => testFilePath.includes("/tests/e2e/"))
      .flatMap(({ testResults }) => testResults);
    const counts = {
      passed: results.numPassedTests,
      // A file that does not even load has no tests, and still has failed.
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      skippedInBrowser: browserTests.filter(
        ({ status }) => status === "pending",
      ).length,
    };
    writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
  }
}
