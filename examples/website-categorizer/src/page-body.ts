import type { IncomingMessage } from "node:http";
import { pipeline, type Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** The text of a response, at most `most` bytes of it as they are after decompression. */
export async function readBody(
  response: IncomingMessage,
  most: number,
): Promise<{ content: string; isTruncated: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of decompressed(response)) {
    const bytes = Buffer.from(chunk as Uint8Array); // Safe: no encoding is set on it.
    chunks.push(bytes);
    size += bytes.length;
    if (size > most) break;
  }
  response.destroy();
  const bytes = Buffer.concat(chunks).subarray(0, most);
  const type = response.headers["content-type"] ?? "";
  return { content: decode(bytes, type), isTruncated: size > most };
}

function decompressed(response: IncomingMessage): Readable {
  const through = decompressor(response.headers["content-encoding"]);
  if (!through) return response;
  // The reader sees a failure of either; leaving early is none.
  return pipeline(response, through, () => {});
}

function decompressor(encoding = ""): Transform | undefined {
  switch (encoding.toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return createGunzip();
    case "deflate":
      return createInflate();
    case "br":
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

function decode(bytes: Buffer, contentType: string): string {
  const start = bytes.subarray(0, 2048).toString("latin1");
  const charset =
    /charset="?([\w-]+)/i.exec(contentType)?.[1] ??
    /<meta[^>]+charset=["']?([\w-]+)/i.exec(start)?.[1] ??
    "utf-8";
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes); // a charset that nobody knows
  }
}
