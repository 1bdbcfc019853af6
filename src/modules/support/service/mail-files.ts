import { attachmentBytes, mostFiles } from "../contract/kinds";
import { fileKind, fileName, type FileKind } from "../file-kind";

/** A file of a mail, as its sender calls it. */
export type MailFile = { name: string; bytes: Uint8Array };

/** Files that are taken, and the names of those that are not. */
export type Sorted = {
  taken: (MailFile & { kind: FileKind })[];
  leftOut: string[];
};

/** The files of a mail that are taken: those that could be uploaded, and no more than a message has. */
export function sorted(files: readonly MailFile[]): Sorted {
  const result: Sorted = { taken: [], leftOut: [] };
  for (const { name, bytes } of files) {
    if (bytes.byteLength === 0) continue;
    const fits =
      bytes.byteLength <= attachmentBytes && result.taken.length < mostFiles;
    const kind = fits ? fileKind(bytes) : null;
    if (kind) result.taken.push({ name, bytes, kind });
    else result.leftOut.push(plain(name));
  }
  return result;
}

/** What a mail says, with a word about files that were not taken; null for one that says nothing. */
export function bodyOf(
  words: string | null | undefined,
  { taken, leftOut }: Sorted,
): string | null {
  const names = taken.map(({ name, kind }) => plain(fileName(name, kind)));
  const said = words || names.join(", ");
  if (!said) return null;
  if (leftOut.length === 0) return said;
  return `${said}\n\n*Not taken from the mail: ${leftOut.join(", ").slice(0, 1_000)}*`;
}

// A name is no markdown, and one line.
function plain(name: string): string {
  const line = name.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ");
  return (
    line
      .replace(/[^\p{L}\p{N} .()-]/gu, "_")
      .trim()
      .slice(0, 100) || "file"
  );
}
