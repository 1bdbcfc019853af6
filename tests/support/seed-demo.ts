import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";

export type Person = { email: string; password: string };

/** Fill the test's database with the demo, as the command does; who can sign in to it. */
export async function seedDemo(): Promise<{
  admin: Person;
  portal: Person;
}> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [".build/cli.mjs", "seed", "--scenario", "demo", "--json"],
    { cwd: path.resolve(__dirname, "../.."), env: process.env },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
