import * as z from "zod";
import { systemClock } from "@/platform/clock";
import { env } from "@/platform/env";
import { callOutside, textOf } from "@/platform/outbound";
import { signedHeaders } from "@/platform/signed-body";
import { randomText, toUuid } from "@/shared/ids";
import { Refusal, type Driver, type Place } from "../driver";

const hex = (id: string) => toUuid(id).replaceAll("-", "");

/**
 * The seller's own program keeps the tenants. Each verb is one signed call, as Standard Webhooks
 * sign theirs (https://www.standardwebhooks.com); the answer says that it is done, that it goes on
 * (202: it is asked again), or that it will not be (409, 422). See docs/tenants.md.
 */
export const webhook: Driver = {
  name: "webhook",
  refOf: (tenantId) => `tenant-${hex(tenantId)}`,
  backupRefOf: (backupId) => `backup-${hex(backupId)}`,
  mayAdopt: () => true,

  async exists(place) {
    return Exists.parse(await ask("exists", place)).exists;
  },
  create: (place) =>
    done("create", place, { admin_password: place.adminPassword }),
  drop: (place) => done("drop", place),
  abandon: (place) => done("drop", place),
  async listModules(place) {
    const { modules } = Modules.parse(await ask("list_modules", place));
    return modules.map(({ is_installed, depends_on, ...module }) => ({
      ...module,
      isInstalled: is_installed,
      dependsOn: depends_on,
    }));
  },
  installModule: (place, module) => done("install_module", place, { module }),
  uninstallModule: (place, module) =>
    done("uninstall_module", place, { module }),
  async usage(place) {
    const { users, storage_bytes, version } = Usage.parse(
      await ask("usage", place),
    );
    const storageBytes = storage_bytes === null ? null : BigInt(storage_bytes);
    return { users, storageBytes, version };
  },
  async backup(place, backup) {
    const { bytes } = Backup.parse(await ask("backup", place, { backup }));
    return { bytes: bytes === null ? null : BigInt(bytes) };
  },
  dropBackup: (place, backup) => done("drop_backup", place, { backup }),
  restore: (place, backup, attempt) =>
    done("restore", place, { backup, attempt }),
  cancelRestore: (place, attempt) => done("cancel_restore", place, { attempt }),
  suspend: (place) => done("suspend", place),
  unsuspend: (place) => done("unsuspend", place),
};

const whole = z.number().int().min(0).nullable().default(null);
const Exists = z.object({ exists: z.boolean() });
const Usage = z.object({
  users: whole,
  storage_bytes: whole,
  version: z.string().max(100).nullable().default(null),
});
const Backup = z.object({ bytes: whole });
const Modules = z.object({
  modules: z
    .array(
      z.object({
        name: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/),
        title: z.string().max(200),
        summary: z.string().max(500).default(""),
        version: z.string().max(100).nullable().default(null),
        is_installed: z.boolean(),
        depends_on: z.array(z.string()).default([]),
      }),
    )
    .max(2_000),
});
const Problem = z.object({ error: z.string().max(500) });

async function done(
  verb: string,
  place: Place,
  more: Record<string, string | null> = {},
): Promise<void> {
  await ask(verb, place, more);
}

async function ask(
  verb: string,
  place: Place,
  more: Record<string, string | null> = {},
): Promise<unknown> {
  const { PROVISIONER_URL: address, PROVISIONER_SECRET: secret } = env();
  if (!address || !secret)
    throw new Error("PROVISIONER_URL is not set: there is no provisioner.");
  const body = JSON.stringify({
    type: `tenant.${verb}`,
    tenant: {
      ...{ id: place.tenantId, ref: place.ref, name: place.name },
      ...{ subdomain: place.subdomain, admin_email: place.adminEmail },
    },
    ...more,
  });
  const id = `msg_${randomText(24)}`;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signed = signedHeaders(key, { id, raw: body, at: systemClock() });
  const answer = await callOutside(address, {
    method: "POST",
    headers: Object.fromEntries(signed),
    body,
    timeoutMs: 60_000,
  });
  const text = await textOf(answer, 2_000_000);
  return resultOf(verb, answer.status, text);
}

function resultOf(verb: string, status: number, text: string): unknown {
  const said = parsed(text);
  if (status === 200) return said;
  if (status === 202) throw new Error(`The provisioner is at ${verb}`);
  const problem = Problem.safeParse(said);
  const words = problem.success ? `: ${problem.data.error}` : "";
  if (status === 409 || status === 422)
    throw new Refusal(`The provisioner refuses to ${verb}${words}`);
  if (status === 401 || status === 403)
    throw new Refusal(
      "The provisioner refuses our signature. Give it the same PROVISIONER_SECRET.",
    );
  throw new Error(`The provisioner answered ${status} to ${verb}${words}`);
}

function parsed(text: string): unknown {
  try {
    return text === "" ? {} : JSON.parse(text);
  } catch {
    throw new Error("The provisioner answered something that is no JSON");
  }
}
