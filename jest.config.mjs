import nextJest from "next/jest.js";

const withNext = nextJest({ dir: import.meta.dirname });

// Packages that are published as ES modules only, and so must be transformed too.
const ES_MODULES = [
  "@formatjs",
  "@noble",
  "@otplib",
  "@prisma",
  "@react-email",
  "@react-pdf",
  "@schummar",
  "@scure",
  "@tanstack",
  "color-name",
  "color-string",
  "hucre",
  "icu-minify",
  "intl-messageformat",
  "jose",
  "next-intl",
  "nuqs",
  "otplib",
  "use-intl",
  "yoga-layout",
];

const inApp = {
  globalSetup: "<rootDir>/tests/support/global-setup.mjs",
  globalTeardown: "<rootDir>/tests/support/global-teardown.mjs",
  setupFiles: ["<rootDir>/tests/support/environment.ts"],
  testEnvironment: "node",
  // Jest's own way of cleaning up globals recurses without end when one is set again.
  testEnvironmentOptions: { globalsCleanup: "off" },
};

export default async () => ({
  testSequencer: "<rootDir>/tests/support/longest-first.mjs",
  workerIdleMemoryLimit: "1200MB", // Jest gives back little of what a file held
  testTimeout: 30_000, // a busy machine is slow, and no test measures time
  projects: await Promise.all([
    project("node", {
      ...inApp,
      testMatch: [
        "<rootDir>/tests/*.test.ts",
        "<rootDir>/tests/{modules,http}/**/*.test.ts",
      ],
    }),
    project("scenarios", {
      ...inApp,
      testMatch: ["<rootDir>/tests/scenarios/**/*.test.ts"],
    }),
    project("ui", {
      testEnvironment: "<rootDir>/tests/support/browser-environment.mjs",
      // Jest would wrap what all files share (fetch, Request) once more for each file, until the
      // stack overflows.
      testEnvironmentOptions: { globalsCleanup: "off" },
      testMatch: ["<rootDir>/tests/ui/**/*.test.{ts,tsx}"],
      setupFilesAfterEnv: ["<rootDir>/tests/support/ui-setup.ts"],
    }),
    project("e2e", {
      ...inApp,
      testMatch: ["<rootDir>/tests/e2e/**/*.test.ts"],
    }),
  ]),
});

async function project(displayName, settings) {
  const config = await withNext({
    displayName,
    rootDir: import.meta.dirname,
    moduleNameMapper: {
      "^@/(.*)$": "<rootDir>/src/$1",
      "^@tollkeeper/sdk$": "<rootDir>/sdk/src/index.ts",
      // It exports no form but ES modules, which Jest's resolver does not look for.
      "^@react-pdf/hyphenate/(.*)$":
        "<rootDir>/node_modules/@react-pdf/hyphenate/lib/$1.js",
      // Its CommonJS form imports React's renderer in a way that Jest cannot follow.
      "^@react-email/render$":
        "<rootDir>/node_modules/@react-email/render/dist/node/index.mjs",
    },
    ...settings,
  })();
  return {
    ...config,
    transformIgnorePatterns: [
      `/node_modules/(?!(${ES_MODULES.join("|")})/)`,
      "\\.module\\.css$",
    ],
  };
}
