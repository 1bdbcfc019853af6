import { rewrites } from "./src/http/rewrites.mjs";
import { dataPolicy, securityHeaders } from "./src/http/security-headers.mjs";

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  images: { unoptimized: true },
  // `npm run verify` checks types, of the tests too; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // A page's title comes with it: none is streamed later.
  htmlLimitedBots: /.*/,
  experimental: {
    // What is imported later comes with all that it needs. Turbopack would leave out what the page
    // that it was built for has loaded, and one that was reached by a link may not have.
    turbopackClientSideNestedAsyncChunking: false,
    // Some hundred MB, which nobody builds from a second time there.
    turbopackFileSystemCacheForBuild: !process.env["CI"],
  },
  // Native or large, and loaded from node_modules as they are.
  serverExternalPackages: [
    "@node-rs/argon2",
    "graphile-worker",
    "pg",
    "pino",
    "prom-client",
    "smtp-server",
    "swagger-ui-dist",
  ],
  // Browsers ask for /favicon.ico before they have read which icon a page names.
  rewrites: async () => ({
    beforeFiles: [
      ...rewrites,
      { source: "/favicon.ico", destination: "/icon.svg" },
    ],
  }),
  headers: async () => [
    { source: "/:path*", headers: listed(securityHeaders) },
    {
      source: "/api/:path*",
      headers: listed({ "content-security-policy": dataPolicy }),
    },
  ],
};

/** @param {Record<string, string>} headers */
function listed(headers) {
  return Object.entries(headers).map(([key, value]) => ({ key, value }));
}

export default config;
