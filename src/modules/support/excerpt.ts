const most = 600;

/**
 * What a message says in a few lines of plain text, for a notice or a mail: no marks of markdown,
 * and nothing that a mail program would make a link of, since anybody may have written it.
 */
export function excerptOf(markdown: string): string {
  const plain = markdown
    .replace(/```[^\n]*\n?/g, "")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^ {0,3}(#{1,6} |> ?|[-*+] )/gm, "")
    .replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, "")
    .replace(/\w+:\/\//g, "")
    .replace(/\p{Cc}+|\s+/gu, " ")
    .trim();
  return plain.length > most ? `${plain.slice(0, most - 1)}…` : plain;
}
