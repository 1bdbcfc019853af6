import path from "node:path";
import { defineConfig } from "prisma/config";

// `prisma generate` wants a native schema engine, and downloads one. It never runs it,
// so any executable will do; migrations use the WASM engine (scripts/schema-engine.mjs).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: path.join("prisma", "schema") });
