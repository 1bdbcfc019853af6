import { rewrites } from "./src/http/rewrites.mjs";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  images: { unoptimized: true },
  // `npm run verify` checks types, of the tests too; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Native or large, and loaded from node_modules as they are.
  serverExternalPackages: [
    "@node-rs/argon2",
    "graphile-worker",
    "pg",
    "pino",
    "swagger-ui-dist",
  ],
  rewrites: async () => ({ beforeFiles: rewrites }),
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "x-content-type-options", value: "nosniff" },
        { key: "x-frame-options", value: "DENY" },
        { key: "referrer-policy", value: "strict-origin-when-cross-origin" },
      ],
    },
  ],
};

export default config;
