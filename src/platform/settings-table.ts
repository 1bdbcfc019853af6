import { Env } from "./env";

/** The settings of the environment as a Markdown table: name, default, meaning. */
export function settingsTable(): string {
  const rows = Object.entries(Env.shape).map(([name, schema]) => {
    const preset = schema.safeParse(undefined);
    const value =
      preset.success && preset.data !== undefined ? `\`${preset.data}\`` : "";
    return `| \`${name}\` | ${value} | ${schema.description} |`;
  });
  return ["| variable | default | meaning |", "|---|---|---|", ...rows].join(
    "\n",
  );
}
