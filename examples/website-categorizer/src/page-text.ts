/** What a page says of itself, as plain text. */
export type PageText = {
  title: string;
  description: string;
  headings: string;
  text: string;
};

/** Elements whose content nobody reads on the page. */
const unseen = /^(script|style|noscript|template|svg)$/;
const heading = /^h[1-3]$/;

/**
 * Take the words out of HTML or plain text. The time it takes grows with the page's length and no
 * faster, whatever the page is made of.
 */
export function readPage(html: string): PageText {
  const parts = { title: "", description: "", headings: "", text: "" };
  let within: "title" | "headings" | "text" = "text";
  for (const { text, tag } of pieces(html)) {
    parts[within] += text;
    if (within === "headings") parts.text += text;
    const name = nameOf(tag);
    if (name === "title") within = "title";
    else if (heading.test(name)) within = "headings";
    else if (/^\/(title|h[1-3])$/.test(name)) within = "text";
    else if (name === "meta") parts.description += ` ${described(tag)}`;
    parts[within] += " ";
  }
  return {
    title: plain(parts.title),
    description: plain(parts.description),
    headings: plain(parts.headings),
    text: plain(parts.text),
  };
}

/** Each tag, without its brackets, with the text before it. */
function* pieces(html: string): Generator<{ text: string; tag: string }> {
  let at = 0;
  while (at < html.length) {
    const start = html.indexOf("<", at);
    const text = html.slice(at, start === -1 ? undefined : start);
    const isComment = html.startsWith("<!--", start);
    const end =
      start === -1 ? -1 : html.indexOf(isComment ? "-->" : ">", start);
    // A tag that never ends hides the rest.
    const tag = isComment || end === -1 ? "" : html.slice(start + 1, end);
    yield { text, tag };
    if (end === -1) return;
    at = end + (isComment ? 3 : 1);
    if (unseen.test(nameOf(tag))) at = endOf(nameOf(tag), html, at);
  }
}

function endOf(name: string, html: string, from: number): number {
  const closing = new RegExp(`</${name}`, "gi");
  closing.lastIndex = from;
  return closing.exec(html)?.index ?? html.length;
}

function nameOf(tag: string): string {
  const name = /^\/?[a-z][a-z0-9]{0,20}(?=[\s/]|$)/i.exec(tag)?.[0] ?? "";
  return name.toLowerCase();
}

function described(tag: string): string {
  const start = tag.slice(0, 5000);
  const name = attribute(start, "name") || attribute(start, "property");
  return /^(og:)?(description|keywords)$/i.test(name)
    ? attribute(start, "content")
    : "";
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(
    `\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`,
    "i",
  ).exec(tag);
  return found?.[1] ?? found?.[2] ?? found?.[3] ?? "";
}

function plain(text: string): string {
  return text
    .replace(/&(#x?[0-9a-f]{1,8}|[a-z]{2,8});/gi, character)
    .replace(/\s+/g, " ")
    .trim();
}

const named: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  eacute: "é",
  egrave: "è",
  ouml: "ö",
  uuml: "ü",
};

function character(whole: string, name: string): string {
  if (!name.startsWith("#"))
    return Object.hasOwn(named, name) ? (named[name] ?? " ") : " ";
  const isHex = name[1]?.toLowerCase() === "x";
  const code = parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : " ";
}
