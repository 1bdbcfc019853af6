/** A part of a line of markdown. */
export type Inline =
  | string
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis" | "strike"; of: Inline[] }
  | { kind: "link"; href: string; of: Inline[] };

/** A part of a text in markdown. */
export type Block =
  | { kind: "paragraph" | "heading"; lines: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "list"; isOrdered: boolean; start: number; items: Inline[][] }
  | { kind: "quote"; of: Block[] }
  | { kind: "rule" };

const fence = /^ {0,3}(`{3,}|~{3,})/;
const heading = /^ {0,3}#{1,6} +(.*)$/;
const bullet = /^ {0,3}[-*+] +(.*)$/;
const numbered = /^ {0,3}(\d{1,9})[.)] +(.*)$/;
const quoted = /^ {0,3}> ?(.*)$/;
const rule = /^ {0,3}([-*_])( *\1){2,} *$/;
const mostDepth = 5;

/**
 * Markdown as people write it in messages: paragraphs with their line ends, headings, lists, quotes,
 * code, emphasis and links. HTML is text. Whatever is not understood stays as it was typed.
 */
export function markdownBlocks(text: string, depth = 0): Block[] {
  const lines = text.replace(/\r\n?/g, "\n").split("\n");
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const [block, next] = blockAt(lines, at, depth);
    if (block) blocks.push(block);
    at = next;
  }
  return blocks;
}

function blockAt(
  lines: string[],
  at: number,
  depth: number,
): [Block | null, number] {
  const line = lines[at] ?? "";
  if (line.trim() === "") return [null, at + 1];
  const fenced = fence.exec(line)?.[1];
  if (fenced) return codeAt(lines, at, fenced);
  if (rule.test(line)) return [{ kind: "rule" }, at + 1];
  const title = heading.exec(line)?.[1];
  if (title !== undefined)
    return [
      { kind: "heading", lines: [inlines(title.replace(/ #+ *$/, ""))] },
      at + 1,
    ];
  if (quoted.test(line) && depth < mostDepth) {
    const end = endOf(lines, at, (one) => quoted.test(one));
    const inner = lines
      .slice(at, end)
      .map((one) => quoted.exec(one)?.[1] ?? "");
    return [
      { kind: "quote", of: markdownBlocks(inner.join("\n"), depth + 1) },
      end,
    ];
  }
  if (bullet.test(line)) return listAt(lines, at, bullet, 1);
  if (numbered.test(line)) return listAt(lines, at, numbered, 2);
  const end = endOf(lines, at + 1, isPlain);
  const own = lines.slice(at, end).map((one) => inlines(one.trim()));
  return [{ kind: "paragraph", lines: own }, end];
}

function codeAt(lines: string[], at: number, fenced: string): [Block, number] {
  const isOpen = (one: string) => !one.trimStart().startsWith(fenced);
  const end = endOf(lines, at + 1, isOpen);
  return [
    { kind: "code", text: lines.slice(at + 1, end).join("\n") },
    Math.min(end + 1, lines.length),
  ];
}

function listAt(
  lines: string[],
  at: number,
  marker: RegExp,
  group: number,
): [Block, number] {
  const items: string[] = [];
  let end = at;
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? "";
    const text = rule.test(line) ? undefined : marker.exec(line)?.[group];
    if (text !== undefined) items.push(text);
    else if (/^ {2,}\S/.test(line))
      items.push(`${items.pop() ?? ""} ${line.trim()}`);
    else break;
  }
  const start = Number(numbered.exec(lines[at] ?? "")?.[1] ?? 1);
  const isOrdered = group === 2;
  return [{ kind: "list", isOrdered, start, items: items.map(inlines) }, end];
}

function isPlain(line: string): boolean {
  const starts = [fence, heading, bullet, numbered, quoted, rule];
  return line.trim() !== "" && !starts.some((one) => one.test(line));
}

function endOf(
  lines: string[],
  from: number,
  goesOn: (line: string) => boolean,
): number {
  let end = from;
  while (end < lines.length && goesOn(lines[end] ?? "")) end += 1;
  return end;
}

// Each part excludes its own delimiter, so that no text takes longer than its length to read.
const mark =
  /`([^`]+)`|\*\*([^*]+)\*\*|~~([^~]+)~~|\*([^*\s][^*]*)\*|(?<![\p{L}\p{N}_])_([^_\s][^_]*)_(?![\p{L}\p{N}_])|\[([^[\]]+)\]\(([^()\s]+)\)|(https?:\/\/[^\s<>()[\]"'`]+)/gu;

function inlines(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (const found of text.matchAll(mark)) {
    if (found.index > at) parts.push(text.slice(at, found.index));
    parts.push(inlineOf(found));
    at = found.index + found[0].length;
  }
  if (at < text.length) parts.push(text.slice(at));
  return parts;
}

function inlineOf(found: RegExpMatchArray): Inline {
  const [whole, code, strong, strike, star, line, words, href, plain] = found;
  if (code !== undefined) return { kind: "code", text: code };
  if (strong !== undefined) return { kind: "strong", of: inlines(strong) };
  if (strike !== undefined) return { kind: "strike", of: inlines(strike) };
  const emphasis = star ?? line;
  if (emphasis !== undefined)
    return { kind: "emphasis", of: inlines(emphasis) };
  const safe = safeHref(href ?? plain ?? "");
  if (safe === null) return whole;
  return { kind: "link", href: safe, of: [words ?? whole] };
}

/** An address that a link may have, or null: http, https and mailto, and nothing that runs. */
export function safeHref(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const { protocol } = new URL(href);
  return ["http:", "https:", "mailto:"].includes(protocol) ? href : null;
}
