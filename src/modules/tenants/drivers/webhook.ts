import * as z from "zod";
import { systemClock } from "@/platform/clock";
import { env } from "@/platform/env";
import { callOutside, textOf, type OutboundAnswer } from "@/platform/outbound";
import { signedHeaders } from "@/platform/signed-body";
import { randomText, toUuid } from "@/shared/ids";
import { Pending, Refusal, Unheard, type Driver, type Place } from "../driver";

const hex = (id: string) => toUuid(id).replaceAll("-", "");

/**
 * The seller's own program keeps the tenants. Each verb is one signed call, as Standard Webhooks
 * sign theirs (https://www.standardwebhooks.com); the answer says that it is done, that it goes on
 * (202: it calls back, or is asked again), or that it will not be (409, 422). See docs/tenants.md.
 */
export const webhook: Driver = {
  name: "webhook",
  refOf: (tenantId) => `tenant-${hex(tenantId)}`,
  backupRefOf: (backupId) => `backup-${hex(backupId)}`,
  mayAdopt: () => true,

  async exists(place) {
    return fitting(Exists, await ask("exists", place)).exists;
  },
  create: (place) =>
    done("create", place, { admin_password: place.adminPassword }),
  drop: (place) => done("drop", place),
  abandon: (place) => done("drop", place),
  async listModules(place) {
    const { modules } = fitting(Modules, await ask("list_modules", place));
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
    const { users, storage_bytes, version } = fitting(
      Usage,
      await ask("usage", place),
    );
    const storageBytes = storage_bytes === null ? null : BigInt(storage_bytes);
    return { users, storageBytes, version };
  },
  async backup(place, backup) {
    const { bytes } = fitting(Backup, await ask("backup", place, { backup }));
    return { bytes: bytes === null ? null : BigInt(bytes) };
  },
  async readBackup(place, backup) {
    const answer = await post("read_backup", place, { backup });
    if (answer.status !== 200)
      resultOf("read_backup", answer.status, await textOf(answer, 2_000_000));
    const type = String(answer.headers["content-type"] ?? "").split(";")[0];
    const ending = endings[type ?? ""];
    return {
      ending: ending ?? "bin",
      type: ending && type ? type : "application/octet-stream",
      stream: answer.body,
    };
  },
  dropBackup: (place, backup) => done("drop_backup", place, { backup }),
  restore: (place, backup, attempt) =>
    done("restore", place, { backup, attempt }),
  cancelRestore: (place, attempt) => done("cancel_restore", place, { attempt }),
  suspend: (place) => done("suspend", place),
  unsuspend: (place) => done("unsuspend", place),
};

const endings: Record<string, string> = {
  "application/zip": "zip",
  "application/gzip": "gz",
  "application/x-tar": "tar",
  "application/zstd": "zst",
  "application/sql": "sql",
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
const CallsBack = z.object({ calls_back: z.literal(true) });
const Problem = z.object({ error: z.string().max(500) });

function fitting<T>(schema: z.ZodType<T>, said: unknown): T {
  const read = schema.safeParse(said);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new Error(
    `The provisioner’s answer does not fit: ${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`,
  );
}

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
  const subject = more["module"] ?? more["attempt"] ?? more["backup"] ?? "";
  const call = (await place.calls?.begin(verb, subject)) ?? null;
  const state = call?.state ?? { status: "new" };
  if (state.status === "succeeded") return state.result;
  if (state.status === "failed")
    throw new Refusal(`The provisioner could not ${verb}: ${state.error}`);
  if (call && state.status === "pending") {
    if (state.until > systemClock())
      throw new Pending(`The provisioner is at ${verb}`, call.id);
    await place.calls?.forget(call.id);
    throw new Unheard(
      `The provisioner said that it would call back about ${verb}, and did not in time.`,
    );
  }
  const answer = await post(verb, place, {
    ...more,
    ...(call && { call: { id: call.id, url: reportUrl() } }),
  });
  const text = await textOf(answer, 2_000_000);
  if (
    call &&
    answer.status === 202 &&
    CallsBack.safeParse(parsed(text)).success
  ) {
    await place.calls?.wait(call.id);
    throw new Pending(`The provisioner is at ${verb}`, call.id);
  }
  return resultOf(verb, answer.status, text);
}

function reportUrl(): string {
  return new URL("/api/v1/webhooks/provisioner", env().APP_URL).href;
}

function post(
  verb: string,
  place: Place,
  more: Record<string, unknown>,
): Promise<OutboundAnswer> {
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
  return callOutside(address, {
    method: "POST",
    headers: Object.fromEntries(signed),
    body,
    timeoutMs: 60_000,
  });
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
