import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { randomText } from "@/shared/ids";
import { env } from "@/platform/env";
import { textOf } from "@/platform/outbound";
import { Refusal, type BackupFile } from "../../driver";
import { assertManaged, callOdoo, masterPassword, patient } from "./server";

const fileOf = (backupRef: string) =>
  path.join(env().TENANT_BACKUP_DIR, `${backupRef}.zip`);

/** Have Odoo write a backup, and keep it as a file, whole or not at all. Answers its bytes. */
export async function download(
  database: string,
  backupRef: string,
): Promise<bigint> {
  await mkdir(env().TENANT_BACKUP_DIR, { recursive: true, mode: 0o700 });
  const answer = await callOdoo("/web/database/backup", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      master_pwd: masterPassword(),
      name: database,
      backup_format: "zip",
    }).toString(),
    timeoutMs: patient,
  });
  const type = String(answer.headers["content-type"] ?? "");
  if (answer.status !== 200 || type.startsWith("text/html"))
    await assertManaged(answer.status, "back up", () => textOf(answer));
  const file = fileOf(backupRef);
  const part = `${file}.${randomText(6)}.part`;
  try {
    await pipeline(answer.body, createWriteStream(part, { mode: 0o600 }));
    const size = await assertWhole(part, answer.headers["content-length"]);
    await rename(part, file);
    return BigInt(size);
  } finally {
    await rm(part, { force: true });
  }
}

/** Have Odoo make a database of a backup's file. */
export async function upload(
  database: string,
  backupRef: string,
): Promise<void> {
  const file = fileOf(backupRef);
  const known = await stat(file).catch(() => null);
  if (!known)
    throw new Refusal(
      "The backup's file is gone from TENANT_BACKUP_DIR. Choose another one.",
    );
  const boundary = `tollkeeper${randomText(24)}`;
  const answer = await callOdoo("/web/database/restore", {
    method: "POST",
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Readable.from(
      partsOf(boundary, file, {
        master_pwd: masterPassword(),
        name: database,
        copy: "false",
      }),
    ),
    timeoutMs: patient,
  });
  await assertManaged(answer.status, "restore", () => textOf(answer));
}

/** A backup's file, as Odoo wrote it. */
export async function openFile(backupRef: string): Promise<BackupFile> {
  const handle = await open(fileOf(backupRef)).catch(() => null);
  if (!handle)
    throw new Refusal("The backup’s file is gone from TENANT_BACKUP_DIR.");
  return {
    ...{ ending: "zip", type: "application/zip" },
    stream: handle.createReadStream(),
  };
}

export async function removeFile(backupRef: string): Promise<void> {
  await rm(fileOf(backupRef), { force: true });
}

async function* partsOf(
  boundary: string,
  file: string,
  fields: Record<string, string>,
): AsyncGenerator<Buffer> {
  const named = (name: string, more = "") =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n`;
  for (const [name, value] of Object.entries(fields))
    yield Buffer.from(`${named(name)}\r\n${value}\r\n`);
  yield Buffer.from(
    `${named("backup_file", '; filename="backup.zip"')}content-type: application/zip\r\n\r\n`,
  );
  yield* createReadStream(file) as AsyncIterable<Buffer>;
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

// A connection that was cut in the middle can look like the end, and a proxy's page like a file.
async function assertWhole(
  file: string,
  announced: string | undefined,
): Promise<number> {
  const { size } = await stat(file);
  if (announced !== undefined && Number(announced) !== size)
    throw new Error(`The backup has ${size} of ${announced} bytes`);
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString("latin1") !== "PK\u0003\u0004")
      throw new Error("What Odoo sent as a backup is no zip file");
  } finally {
    await handle.close();
  }
  return size;
}
