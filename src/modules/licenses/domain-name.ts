/** Why a text names no domain, or the name in the one form that is kept and compared. */
export type DomainName = { name: string } | { problem: string };

const problem =
  "must name one domain, such as shop.example.com: no address, no wildcard";

/**
 * The domain that a text names: of an address its host, without scheme, port and path; lower case,
 * international names in Punycode (WHATWG URL, UTS 46).
 */
export function readDomain(typed: string): DomainName {
  const text = typed.trim();
  if (/[*\s\\@?#]/.test(text)) return { problem };
  const bare = text
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/\/.*$/, "");
  const url = `http://${bare.replace(/:\d{1,5}$/, "")}`;
  if (bare === "" || !URL.canParse(url)) return { problem };
  const name = new URL(url).hostname.replace(/\.$/, "");
  const labels = name.split(".");
  const isDomain =
    name.length <= 253 &&
    labels.length >= 2 &&
    labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)) &&
    !/^\d+$/.test(labels.at(-1) ?? "");
  return isDomain ? { name } : { problem };
}
