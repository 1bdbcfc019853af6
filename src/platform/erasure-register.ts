import { appendFile, mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import { env } from "./env";

/** That a customer was erased: a backup from before has it still. Ids only. */
const Line = z.object({ customer_id: z.string(), erased_at: z.iso.datetime() });
export type ErasureLine = z.output<typeof Line>;

const fileName = "erasures.ndjson";

/** Where the register is kept; null without BACKUP_DIR. */
export function registerFile(): string | null {
  const { BACKUP_DIR } = env();
  return BACKUP_DIR ? path.join(BACKUP_DIR, fileName) : null;
}

/** Note an erasure beside the backups, where a restore finds it. */
export async function noteErasure(line: ErasureLine): Promise<void> {
  const file = registerFile();
  if (!file) return;
  await mkdir(path.dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
}

/** The erasures of a register, or of the one beside a backup; none where there is no file. */
export async function readRegister(file: string): Promise<ErasureLine[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return "";
    throw error;
  });
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => Line.parse(JSON.parse(line)));
}
