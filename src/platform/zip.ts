import { Readable } from "node:stream";
import { Zip, ZipDeflate } from "fflate";

/** A file of an archive; its content is read when its turn comes. */
export type ZipEntry = {
  name: string;
  content: AsyncIterable<string | Uint8Array>;
};

/** An archive (ZIP), packed as it is read, so that memory stays flat however large it is. */
export function zip(
  entries: AsyncIterable<ZipEntry>,
): ReadableStream<Uint8Array> {
  // Safe: the stream's chunks are bytes.
  return Readable.toWeb(
    Readable.from(packed(entries)),
  ) as ReadableStream<Uint8Array>;
}

async function* packed(
  entries: AsyncIterable<ZipEntry>,
): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const archive = new Zip((error, chunk) => {
    if (error) throw error;
    if (chunk.byteLength > 0) ready.push(chunk);
  });
  const encoder = new TextEncoder();
  for await (const { name, content } of entries) {
    const file = new ZipDeflate(name, { level: 6 });
    archive.add(file);
    for await (const chunk of content) {
      file.push(typeof chunk === "string" ? encoder.encode(chunk) : chunk);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(), true);
    yield* ready.splice(0);
  }
  archive.end();
  yield* ready.splice(0);
}
