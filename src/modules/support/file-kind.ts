/** What a file is, as far as we take it: its type, and the endings that its name may have. */
export type FileKind = { type: string; endings: readonly string[] };

type Known = FileKind & { starts: string; then?: [at: number, text: string] };

const known: Known[] = [
  { type: "image/png", endings: ["png"], starts: "\x89PNG\r\n\x1a\n" },
  { type: "image/jpeg", endings: ["jpg", "jpeg"], starts: "\xff\xd8\xff" },
  { type: "image/gif", endings: ["gif"], starts: "GIF8" },
  {
    ...{ type: "image/webp", endings: ["webp"] },
    ...{ starts: "RIFF", then: [8, "WEBP"] },
  },
  { type: "application/pdf", endings: ["pdf"], starts: "%PDF-" },
  {
    type: "application/zip",
    endings: ["zip", "docx", "xlsx", "pptx", "odt", "ods"],
    starts: "PK\x03\x04",
  },
  { type: "application/gzip", endings: ["gz", "tgz"], starts: "\x1f\x8b\x08" },
];

const text: FileKind = {
  type: "text/plain; charset=utf-8",
  endings: ["txt", "log", "csv", "json", "md", "yaml", "yml", "xml", "har"],
};

/**
 * What a file is by its bytes, or null for what is not taken. What its sender calls it does not
 * count: whatever reads as text is text, be it a page with scripts, and is given back as such.
 */
export function fileKind(bytes: Uint8Array): FileKind | null {
  const head = Buffer.from(bytes.subarray(0, 16)).toString("latin1");
  const found = known.find(
    ({ starts, then: [at, rest] = [0, ""] }) =>
      head.startsWith(starts) && head.startsWith(rest, at),
  );
  if (found) return found;
  return isText(bytes) ? text : null;
}

/** A name for such a file: no path, one line, and an ending that fits what it is. */
export function fileName(given: string, { endings }: FileKind): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const line = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, "").trim();
  const [ending = "bin"] = endings;
  const base = line.replace(/^\.+/, "") || "file";
  const own = /\.([^.]+)$/.exec(base)?.[1]?.toLowerCase() ?? "";
  return endings.includes(own) ? base : `${base}.${ending}`;
}

// UTF-8 without the control characters that no text has.
function isText(bytes: Uint8Array): boolean {
  try {
    const decoded = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return !/[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(decoded);
  } catch {
    return false;
  }
}
