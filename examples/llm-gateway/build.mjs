// Compiles src/ to dist/.
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
