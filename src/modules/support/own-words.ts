// How mail programs begin what they quote, in the languages that are met most.
const quoteBegins = [
  /^\s*>/,
  /^\s*(on|le|el|am|op|em|il)\b.{0,200}\b(wrote|écrit|escribió|schrieb|schreef|escreveu|scritto)\b.{0,40}:\s*$/i,
  /^\s*-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original)\s*-{2,}/i,
  /^\s*_{10,}\s*$/,
  /^\s*(from|von|de|da|van):\s.{0,200}@/i,
];
const signature = /^-- ?$/;
const mostLine = 300;

/**
 * What somebody wrote themselves in the text of a mail: without the mail that they answer, which
 * follows, and without their signature. Null when nothing is left.
 */
export function ownWords(text: string): string | null {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const end = lines.findIndex((line, i) => endsAt(lines, line, i));
  const own = lines
    .slice(0, end === -1 ? undefined : end)
    .join("\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
  return own === "" ? null : own;
}

// A quote that somebody answers between its lines is theirs to keep: only what nothing follows goes.
function endsAt(lines: string[], line: string, at: number): boolean {
  if (signature.test(line)) return true;
  if (line.length > mostLine) return false;
  const next = lines[at + 1] ?? "";
  const [quote, ...others] = quoteBegins;
  if (quote?.test(line))
    return lines.slice(at).every((one) => one.trim() === "" || quote.test(one));
  // The line that says who wrote is often broken in two.
  const joined = next.length > mostLine ? line : `${line} ${next}`;
  return others.some(
    (one) =>
      one.test(line) || (/^\s*(on|le|am)\b/i.test(line) && one.test(joined)),
  );
}
