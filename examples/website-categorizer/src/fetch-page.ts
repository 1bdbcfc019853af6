import { lookup, type LookupAddress } from "node:dns";
import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { readBody } from "./page-body";
import { isPrivateAddress } from "./private-address";
import { Problem } from "./problem";

export type Page = {
  /** where the page was in the end, after redirects */
  url: string;
  content: string;
  /** true when the page went on after the first megabyte */
  isTruncated: boolean;
};

export type FetchOptions = { timeoutMs: number; allowPrivateHosts: boolean };

const mostRedirects = 5;
const mostBytes = 1_000_000;

/**
 * Fetch the page that a stranger named: http and https only, within the time, the first megabyte,
 * and never from a private address, wherever redirects and DNS lead. Throws Problem.
 */
export async function fetchPage(
  address: string,
  options: FetchOptions,
): Promise<Page> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  let url = parseAddress(address);
  try {
    for (let hops = 0; hops <= mostRedirects; hops++) {
      const response = await ask(url, options, signal);
      const next = redirectOf(response, url);
      if (!next) return await read(response, url);
      response.destroy();
      url = next;
    }
  } catch (error) {
    throw signal.aborted
      ? new Problem(504, "timeout", "The page did not answer in time.")
      : asProblem(error);
  }
  throw new Problem(502, "fetch", "The page redirects too often.");
}

/** The address that a caller gave; `example.com` is taken for https://example.com. */
export function parseAddress(address: string): URL {
  const given = address.trim();
  const isWhole = /^[a-z][a-z0-9+.-]*:\/\//i.test(given);
  const text = isWhole ? given : `https://${given}`;
  if (given === "" || given.length > 2000 || !URL.canParse(text))
    throw new Problem(
      400,
      "input",
      "Give the page's address, such as url=https://example.com.",
    );
  return checked(new URL(text));
}

function checked(url: URL): URL {
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new Problem(400, "input", "Only http and https can be fetched.");
  if (url.username || url.password)
    throw new Problem(400, "input", "Leave user and password out of the url.");
  return url;
}

function ask(
  url: URL,
  { allowPrivateHosts }: FetchOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  // A host that is an address is connected to without any lookup.
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivateHosts && isIP(host) !== 0 && isPrivateAddress(host))
    throw privateHost();
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    send(url, {
      signal,
      agent: false,
      ...(!allowPrivateHosts && { lookup: publicLookup }),
      headers: {
        accept: "text/html, application/xhtml+xml, text/plain;q=0.5",
        "accept-encoding": "gzip, deflate, br",
        "user-agent": "website-categorizer/0.1",
      },
    })
      .on("response", resolve)
      .on("error", reject)
      .end();
  });
}

// Checked here, what is connected to is what was checked, however often the name is looked up.
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return callback(error ?? privateHost(), "");
    if (addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(privateHost(), "");
    if (options.all) return callback(null, addresses satisfies LookupAddress[]);
    callback(null, first.address, first.family);
  });
};

function redirectOf(response: IncomingMessage, from: URL): URL | undefined {
  const { statusCode = 0, headers } = response;
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  const { location } = headers;
  if (!location || !URL.canParse(location, from.href)) return undefined;
  return checked(new URL(location, from));
}

async function read(response: IncomingMessage, url: URL): Promise<Page> {
  const { statusCode = 0, headers } = response;
  const type = headers["content-type"] ?? "text/html";
  const isPage = /^(text\/(html|plain)|application\/xhtml\+xml)\b/i.test(type);
  const refuse = (problem: Problem) => {
    response.destroy();
    throw problem;
  };
  if (statusCode < 200 || statusCode > 299)
    refuse(new Problem(502, "fetch", `The page answered ${statusCode}.`));
  if (!isPage)
    refuse(new Problem(422, "not_a_page", "That is no page but a file."));
  const body = await readBody(response, mostBytes);
  return { url: url.href, ...body };
}

function privateHost(): Problem {
  return new Problem(
    400,
    "address",
    "This host is in a private network. Only public pages can be fetched.",
  );
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const isCoded = error instanceof Error && "code" in error;
  const why = isCoded ? ` (${String(error.code)})` : "";
  return new Problem(502, "fetch", `The page cannot be fetched${why}.`);
}
