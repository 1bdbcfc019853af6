import * as z from "zod";
import { env } from "@/platform/env";
import { singleton } from "@/platform/singleton";
import { textOf } from "@/platform/outbound";
import { Refusal, type Place } from "../../driver";
import { callOdoo, json2, jsonRpc, patient, rpc } from "./server";

type Call = {
  ids?: number[];
  /** by name, as JSON-2 takes them */
  named?: Record<string, unknown>;
  isLong?: boolean;
};

/** Methods of models of one database, by the protocol that the server's version has. */
export type Models = (
  model: string,
  method: string,
  call?: Call,
) => Promise<unknown>;

/**
 * By JSON-2 with an API key, which copies of a template have from it; by JSON-RPC as the tenant's
 * first person without.
 */
export async function modelsOf(
  place: Place,
  database: string,
): Promise<Models> {
  const byKey = env().ODOO_API_KEY !== undefined;
  if (byKey && (await majorVersion()) < 19)
    throw new Refusal(
      "This Odoo has no JSON-2, which version 19 brought. Unset ODOO_API_KEY and ODOO_TEMPLATE_DATABASE.",
    );
  if (byKey)
    return (model, method, { ids, named = {}, isLong } = {}) =>
      json2(
        database,
        model,
        method,
        { ...(ids && { ids }), ...named },
        isLong ? patient : undefined,
      );
  const uid = await signIn(place, database);
  if (uid === null)
    throw new Refusal(
      `Odoo does not let ${place.adminEmail} into ${database}: the password was changed, or two-factor is on.`,
    );
  return (model, method, { ids, named = {}, isLong } = {}) =>
    rpc(
      "object",
      "execute_kw",
      [
        ...[database, uid, place.adminPassword, model, method],
        ...[ids ? [ids] : [], named],
      ],
      isLong ? patient : undefined,
    );
}

/** The id of the first person, signed in with the password that is known; null when refused. */
export async function signIn(
  place: Place,
  database: string,
): Promise<number | null> {
  if (!place.adminPassword)
    throw new Refusal(
      "The password of its first person is not known. Adopt it with admin_password.",
    );
  const uid = await rpc("common", "authenticate", [
    ...[database, place.adminEmail, place.adminPassword, {}],
  ]);
  return typeof uid === "number" ? uid : null;
}

const Versions = z.object({
  version_info: z.tuple([z.union([z.number(), z.string()])], z.unknown()),
});
const OlderVersions = z.object({
  server_version_info: z.tuple(
    [z.union([z.number(), z.string()])],
    z.unknown(),
  ),
});

type Known = { at: number; major: number };

/** The major version of the server, as it said within the last minute. */
export async function majorVersion(): Promise<number> {
  const memory = singleton("odoo-version", () => ({
    known: null as Known | null,
  }));
  const now = performance.now();
  if (memory.known && now - memory.known.at < 60_000) return memory.known.major;
  const major = await askVersion();
  memory.known = { at: now, major };
  return major;
}

async function askVersion(): Promise<number> {
  const answer = await callOdoo("/web/version", { timeoutMs: 10_000 });
  const text = await textOf(answer);
  if (answer.status === 200) {
    const [major] = Versions.parse(JSON.parse(text)).version_info;
    return toMajor(major);
  }
  const older = await jsonRpc("/web/webclient/version_info", {}, 10_000);
  const [major] = OlderVersions.parse(older).server_version_info;
  return toMajor(major);
}

// Odoo's own cloud says "saas~18".
function toMajor(said: number | string): number {
  return Number(String(said).replace(/\D/g, ""));
}
