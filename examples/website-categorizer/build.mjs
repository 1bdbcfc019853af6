// Compiles src/ to dist/. The SDK becomes a file of its own, which is loaded only when it is used.
import { build } from "esbuild";

await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: ["src/server.ts", "src/demo.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  conditions: ["source"], // the workspace's SDK needs no build of its own
  sourcemap: true,
  logLevel: "warning",
});
