import next from "eslint-config-next/core-web-vitals";
import tseslint from "typescript-eslint";
import { houseRules } from "./scripts/lib/lint-rules.mjs";

const QUERIES = "src/modules/*/queries{.ts,/**/*.ts}";
const UI = [
  "src/{app,client,ui}/**/*.{ts,tsx}",
  "src/modules/*/ui/**/*.{ts,tsx}",
  "tests/ui/**/*.{ts,tsx}",
];
const TYPED = ["src", "tests", "bench", "prisma/seed", "sdk", "examples"].map(
  (folder) => `${folder}/**/*.{ts,tsx}`,
);

export default [
  {
    ignores: [
      ".next/",
      ".build/",
      ".data/",
      ".artifacts/",
      "**/dist/",
      "**/*.d.mts",
      "next-env.d.ts",
      "src/platform/db/generated/",
      "sdk/src/openapi.d.ts",
    ],
  },
  ...next.map((config) => (config.files ? { ...config, files: UI } : config)),
  {
    plugins: { house: houseRules },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", { max: 300, skipBlankLines: false }],
      "no-var": "error",
      "prefer-const": "error",
      "house/zod-namespace": "error",
    },
  },
  ...tseslint.configs.recommendedTypeChecked.map((config) => ({
    ...config,
    files: TYPED,
  })),
  {
    files: TYPED,
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false, properties: false } },
      ],
      "@typescript-eslint/no-unsafe-enum-comparison": "off", // libraries take names for enums
      // A verb is async although it awaits nothing, so that it rejects and never throws.
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["tests/**", "bench/**", "examples/**/*.test.ts"],
    rules: {
      // The body of an answer under test is whatever the server sent.
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    files: ["src/**"],
    ignores: ["src/platform/env.ts"],
    rules: { "house/env-in-one-file": "error" },
  },
  {
    files: ["src/**"],
    ignores: ["src/cli.ts"],
    rules: { "no-console": "error" },
  },
  {
    files: ["src/**", "prisma/seed/**"],
    ignores: [QUERIES, "src/platform/**"],
    rules: { "house/db-in-queries": "error" },
  },
  {
    files: ["src/modules/**"],
    ignores: ["src/modules/*/ui/**"],
    rules: { "house/clock-and-chance": "error" },
  },
  {
    files: ["src/modules/{ledger,invoices,payments}/**", "src/shared/money.ts"],
    ignores: ["src/modules/*/ui/**"],
    rules: { "house/no-float-money": "error" },
  },
  {
    files: ["src/app/api/v1/**/route.ts"],
    rules: { "house/route-exports": "error" },
  },
];
