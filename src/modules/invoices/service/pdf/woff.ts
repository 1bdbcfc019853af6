import { inflateSync } from "node:zlib";

const woffHeader = 44;
const woffEntry = 20;
const sfntHeader = 12;
const sfntEntry = 16;

/**
 * The font inside a WOFF 1.0 file (W3C Recommendation of 2012), as TrueType or OpenType have it.
 * The renderer would inflate the tables of a packed one again for each glyph of each document.
 */
export function unpackWoff(packed: Buffer): Buffer {
  if (packed.toString("latin1", 0, 4) !== "wOFF")
    throw new Error("This is no WOFF file.");
  const count = packed.readUInt16BE(12);
  const entries = Array.from({ length: count }, (_, i) =>
    tableAt(packed, woffHeader + i * woffEntry),
  );
  const head = Buffer.alloc(sfntHeader + count * sfntEntry);
  packed.copy(head, 0, 4, 8);
  const power = 31 - Math.clz32(count);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(2 ** power * 16, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((count - 2 ** power) * 16, 10);
  const parts: Uint8Array[] = [head];
  let offset = head.length;
  for (const [i, { tag, checksum, table }] of entries.entries()) {
    const at = sfntHeader + i * sfntEntry;
    head.write(tag, at, "latin1");
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(table.length, at + 12);
    const padding = Buffer.alloc((4 - (table.length % 4)) % 4);
    parts.push(table, padding);
    offset += table.length + padding.length;
  }
  return Buffer.concat(parts);
}

function tableAt(packed: Buffer, at: number) {
  const offset = packed.readUInt32BE(at + 4);
  const packedLength = packed.readUInt32BE(at + 8);
  const length = packed.readUInt32BE(at + 12);
  const part = packed.subarray(offset, offset + packedLength);
  return {
    tag: packed.toString("latin1", at, at + 4),
    checksum: packed.readUInt32BE(at + 16),
    table: packedLength < length ? inflateSync(part) : part,
  };
}
