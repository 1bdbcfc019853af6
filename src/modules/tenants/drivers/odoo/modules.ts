import * as z from "zod";
import { Refusal } from "../../driver";
import type { Models } from "./models";
import { OdooFault } from "./server";

/** A text, or false where there is none. */
export const word = z.union([z.string(), z.literal(false)]);
const Modules = z.array(
  z.object({
    id: z.number(),
    name: z.string(),
    shortdesc: word,
    summary: word,
    installed_version: word,
    state: z.string(),
  }),
);
const Dependencies = z.array(
  z.object({ module_id: z.tuple([z.number(), z.string()]) }),
);

const fields = ["name", "shortdesc", "summary", "installed_version", "state"];

/** Modules of a database that fit a domain of Odoo's. */
export async function readModules(ask: Models, domain: unknown[]) {
  return Modules.parse(
    await ask("ir.module.module", "search_read", {
      named: { domain, fields, order: "shortdesc" },
    }),
  );
}

/** A module by name. Throws a Refusal for one that the server does not have. */
export async function moduleOf(ask: Models, name: string) {
  const [found] = await readModules(ask, [["name", "=", name]]);
  if (!found)
    throw new Refusal(`There is no module ${name}. See the list of modules.`);
  return found;
}

/** The titles of installed modules that need this one. */
export async function dependentsOf(
  ask: Models,
  name: string,
): Promise<string[]> {
  const rows = Dependencies.parse(
    await ask("ir.module.module.dependency", "search_read", {
      named: {
        domain: [
          ["name", "=", name],
          ["module_id.state", "in", ["installed", "to upgrade"]],
        ],
        fields: ["module_id"],
      },
    }),
  );
  return rows.map(({ module_id: [, title] }) => title);
}

/** Press a button of a module's form, as a person would. */
export async function press(
  ask: Models,
  button: string,
  id: number,
): Promise<void> {
  try {
    await ask("ir.module.module", button, { ids: [id], isLong: true });
  } catch (error) {
    throw isFinal(error) ? new Refusal(error.message) : error;
  }
}

// Odoo's words for what it will not do: no matter of trying again.
export function isFinal(error: unknown): error is OdooFault {
  return (
    error instanceof OdooFault &&
    /UserError|AccessError|AccessDenied|ValidationError|naming issue/i.test(
      `${error.fault} ${error.message}`,
    )
  );
}

export function textOr(value: string | false, other: string): string {
  return value === false ? other : value;
}
