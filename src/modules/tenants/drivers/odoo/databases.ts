import * as z from "zod";
import { env } from "@/platform/env";
import { toUuid } from "@/shared/ids";
import { Refusal, type Place } from "../../driver";
import { signIn } from "./models";
import { manage, OdooFault, rpc } from "./server";

/** An id in the form that names of databases take. */
export const hex = (id: string) => toUuid(id).replaceAll("-", "");

/** What a suspended tenant's database is called. */
export const closed = ({ tenantId }: Place) => `tk-closed-${hex(tenantId)}`;

export async function make({
  ref,
  adminEmail,
  adminPassword,
}: Place): Promise<void> {
  const { ODOO_TEMPLATE_DATABASE: template, ODOO_LANGUAGE: lang } = env();
  if (template) return manage("duplicate", { name: template, new_name: ref });
  await manage("create", {
    ...{ name: ref, login: adminEmail, password: adminPassword ?? "" },
    ...{ lang, phone: "", country_code: "" },
  });
}

export async function databases(): Promise<string[]> {
  return z.array(z.string()).parse(await rpc("db", "list", []));
}

/** What a tenant's database is called now: its ref, or another name while it is suspended. */
export async function findDatabase(place: Place): Promise<string | null> {
  const names = await databases();
  return (
    [place.ref, closed(place)].find((name) => names.includes(name)) ?? null
  );
}

/** Whether the password that we gave opens a database: then we made it. */
// An error instead of yes or no: it is half made, and Odoo cannot sign anybody in.
export async function opens(place: Place): Promise<"yes" | "no" | "broken"> {
  if (env().ODOO_TEMPLATE_DATABASE) return "yes";
  try {
    return (await signIn(place, place.ref)) === null ? "no" : "yes";
  } catch (error) {
    if (error instanceof OdooFault) return "broken";
    throw error;
  }
}

export async function dropNamed(name: string): Promise<void> {
  try {
    await manage("drop", { name });
  } catch (error) {
    if ((await databases()).includes(name)) throw error;
  }
}

// The database manager's page has no form for it in most versions; the service behind it does it.
export async function renameTo(from: string, to: string): Promise<void> {
  const { ODOO_MASTER_PASSWORD: password } = env();
  await rpc("db", "rename", [password, from, to], 120_000);
}

export function isThere(error: unknown): boolean {
  return error instanceof OdooFault && /already exists/i.test(error.message);
}

export function notOurs({ ref }: Place): Refusal {
  return new Refusal(
    `There is a database called ${ref} already, which is not ours.`,
    true,
  );
}

export function gone({ ref }: Place): Refusal {
  return new Refusal(`The database ${ref} is gone.`);
}
