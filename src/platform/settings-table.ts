import { Env } from "./env";

/** The settings of the environment as a Markdown table: name, default, meaning. */
export function settingsTable(): string {
  const rows = Object.entries(Env.shape).map(([name, schema]) => {
    const preset = schema.safeParse(undefined);
    const text = preset.success ? String(preset.data ?? "") : "";
    const value = text && `\`${text}\``;
    return `| \`${name}\` | ${value} | ${schema.description} |`;
  });
  return ["| variable | default | meaning |", "|---|---|---|", ...rows].join(
    "\n",
  );
}
