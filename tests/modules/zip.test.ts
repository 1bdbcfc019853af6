import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { unzipSync } from "fflate";
import { zip, type ZipEntry } from "@/platform/zip";

async function* entriesOf(files: [string, (string | Uint8Array)[]][]) {
  for (const [name, chunks] of files) yield { name, content: each(chunks) };
}

async function* each(chunks: (string | Uint8Array)[]) {
  yield* chunks;
}

async function bytesOf(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
  }
}

/** What the archive's directory says of each file, which programs that unpack it check. */
function directoryOf(archive: Buffer) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06"));
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: count }, () => {
    const length = archive.readUInt16LE(at + 28);
    const found = {
      name: archive.subarray(at + 46, at + 46 + length).toString(),
      crc: archive.readUInt32LE(at + 16),
      size: archive.readUInt32LE(at + 24),
    };
    at += 46 + length + archive.readUInt16LE(at + 30);
    return found;
  });
}

test("what is packed comes out again, with the sums that unpacking programs check", async () => {
  const noise = Array.from({ length: 40 }, (_, i) => randomBytes(i * 4_999));
  const files: [string, (string | Uint8Array)[]][] = [
    ["empty.json", []],
    ["words.json", ["Grüße, ", "", "💥", "\n".repeat(100_000)]],
    ["noise/é.bin", noise],
  ];
  const archive = await bytesOf(zip(entriesOf(files)));
  const unpacked = unzipSync(archive);
  const wanted = files.map(([name, chunks]) => ({
    name,
    bytes: Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))),
  }));
  expect(Object.keys(unpacked)).toEqual(wanted.map(({ name }) => name));
  for (const { name, bytes } of wanted)
    expect(bytes.equals(unpacked[name] ?? Buffer.from("?"))).toBe(true);
  expect(directoryOf(archive)).toEqual(
    wanted.map(({ name, bytes }) => ({
      name,
      crc: crc32(bytes),
      size: bytes.length,
    })),
  );
});

test("a reader who goes away ends the reading, and one who waits is waited for", async () => {
  let read = 0;
  let isEnded = false;
  async function* endless(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        read += 1;
        yield randomBytes(64_000);
      }
    } finally {
      isEnded = true;
    }
  }
  async function* one(): AsyncGenerator<ZipEntry> {
    yield { name: "endless", content: endless() };
  }
  const reader = zip(one()).getReader();
  for (let i = 0; i < 20; i += 1) await reader.read();
  const before = read;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(read - before).toBeLessThan(50);
  await reader.cancel();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(isEnded).toBe(true);
});

test("what fails while it is read fails the archive", async () => {
  async function* broken(): AsyncGenerator<string> {
    yield "a";
    throw new Error("The database is away");
  }
  async function* one(): AsyncGenerator<ZipEntry> {
    yield { name: "a", content: broken() };
  }
  await expect(bytesOf(zip(one()))).rejects.toThrow("The database is away");
});
