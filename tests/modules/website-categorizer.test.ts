import { createServer, type Server } from "node:http";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { categorizeWebsite } from "../../examples/website-categorizer/src/categorize";
import { fetchPage } from "../../examples/website-categorizer/src/fetch-page";
import { categorizeByKeywords } from "../../examples/website-categorizer/src/keywords";
import { readPage } from "../../examples/website-categorizer/src/page-text";
import { isPrivateAddress } from "../../examples/website-categorizer/src/private-address";
import { readSettings } from "../../examples/website-categorizer/src/settings";
import { onLoopback } from "../support/loopback";

type Site = Record<string, { headers?: object; body: string | Buffer } | null>;

const servers: { server: Server; close: () => Promise<void> }[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map(({ close }) => close()));
});

/** Serves pages on loopback by their paths; null never answers. */
async function serve(site: Site): Promise<string> {
  const server = createServer((request, response) => {
    const page = site[request.url ?? ""];
    if (page === null || response.headersSent) return;
    const html = { "content-type": "text/html" };
    response.writeHead(page ? 200 : 404, { ...html, ...page?.headers });
    response.end(page?.body);
  });
  const { url, close } = await onLoopback(server);
  servers.push({ server, close });
  return url;
}

function* endless() {
  for (;;) yield "x".repeat(10_000);
}

const local = { timeoutMs: 5_000, allowPrivateHosts: true };
const fromOutside = { timeoutMs: 5_000, allowPrivateHosts: false };

describe("fetching what strangers name", () => {
  test.each([
    "127.0.0.1",
    "10.1.2.3",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "::1",
    "::",
    "::ffff:10.0.0.1",
    "::ffff:a00:1",
    "fd00::1",
    "fe80::1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "not an address",
  ])("%s is private", (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(["1.1.1.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "%s is public",
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  test.each(["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])(
    "%s is not connected to",
    async (host) => {
      let connections = 0;
      const url = new URL(await serve({}));
      servers[0]?.server.on("connection", () => (connections += 1));
      const named = `http://${host}:${url.port}/`;
      await expect(fetchPage(named, fromOutside)).rejects.toMatchObject({
        status: 400,
        type: "address",
      });
      expect(connections).toBe(0);
    },
  );

  test.each([
    "file:///etc/passwd",
    "ftp://example.com",
    "http://a:b@c.example",
    "",
    " ",
    "http://",
  ])("%j is refused", async (address) => {
    const refusal = { status: 400, type: "input" };
    await expect(fetchPage(address, local)).rejects.toMatchObject(refusal);
  });

  test("redirects are followed, but only to http and https, and not forever", async () => {
    const url = await serve({ "/end": { body: "there" } });
    const targets: Record<string, string> = {
      "/a": "/end",
      "/f": "file:///etc/passwd",
      "/l": "/l",
    };
    servers[0]?.server.prependListener("request", (request, response) => {
      const location = targets[String(request.url)];
      if (location) response.writeHead(302, { location }).end();
    });
    const found = await fetchPage(`${url}/a`, local);
    expect(found).toMatchObject({ url: `${url}/end`, content: "there" });
    await expect(fetchPage(`${url}/f`, local)).rejects.toMatchObject({
      status: 400,
    });
    await expect(fetchPage(`${url}/l`, local)).rejects.toThrow("too often");
  });

  test("a megabyte is read and no more, of an endless page or a small compressed one", async () => {
    const url = await serve({
      "/bomb": {
        headers: { "content-encoding": "gzip" },
        body: gzipSync(Buffer.alloc(50_000_000, "x")),
      },
    });
    servers[0]?.server.prependListener("request", (request, response) => {
      if (request.url !== "/endless") return;
      response.writeHead(200, { "content-type": "text/html" });
      Readable.from(endless()).pipe(response);
    });
    for (const path of ["/endless", "/bomb"]) {
      const { content, isTruncated } = await fetchPage(url + path, local);
      expect([content.length, isTruncated]).toEqual([1_000_000, true]);
    }
  });

  test("a page that never answers, fails or is no page is a problem with a reason", async () => {
    const url = await serve({
      "/slow": null,
      "/image": { headers: { "content-type": "image/png" }, body: "x" },
    });
    const soon = { ...local, timeoutMs: 200 };
    await expect(fetchPage(`${url}/slow`, soon)).rejects.toMatchObject({
      status: 504,
    });
    for (const [path, status] of [
      ["/none", 502],
      ["/image", 422],
    ] as const)
      await expect(fetchPage(url + path, local)).rejects.toMatchObject({
        status,
      });
  });

  test("text is read in the page's own character set", async () => {
    const headers = { "content-type": "text/html; charset=iso-8859-1" };
    const body = Buffer.from("caf\u00e9", "latin1");
    const url = await serve({ "/": { headers, body } });
    expect((await fetchPage(url, local)).content).toBe("café");
  });
});

describe("reading pages", () => {
  test("takes title, description, headings and text, and leaves out what nobody reads", () => {
    const page = readPage(`<!doctype html><head><TITLE>Fish &amp; Chips</TITLE>
      <meta content='Best "chips"' name=description><style>h1 { color: red }</style></head>
      <!-- hidden > --><h1 class="a">Our <b>menu</b></h1><script>track("<p>")</script>
      <p>Salt&nbsp;&#38; vinegar</p><p`);
    expect(page).toEqual({
      title: "Fish & Chips",
      description: 'Best "chips"',
      headings: "Our menu",
      text: "Our menu Salt & vinegar",
    });
  });

  test.each([
    "<",
    "<title>",
    "<h1 ",
    "<!--",
    "<script>",
    "&a",
    "<meta name=",
    "hotel ",
    '<a b="',
  ])("a megabyte of %j takes no long time", (piece) => {
    const startedAt = performance.now();
    categorizeByKeywords(readPage(piece.repeat(1_000_000 / piece.length)));
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

const sentences: Record<string, string> = {
  "News and media": "Breaking news and top stories from our reporters",
  Shopping: "Add to cart now: free shipping on all in stock items",
  "Food and cooking": "A recipe with three ingredients, ready for the oven",
  Travel: "Compare hotels and flights for your next destination",
  "Health and medicine": "Symptoms, diagnosis and treatment, by our doctors",
  Sports: "Football league fixtures, match reports and the coach's view",
  "Finance and banking":
    "Mortgage and savings account with a good interest rate",
  "Software and technology": "Open source database with an API for developers",
  Education: "The university welcomes students to the new campus",
  Games: "A multiplayer video game with deep gameplay",
  Music: "Guitar lessons, song lyrics and concert dates of the band",
  "Film and television": "Movie reviews, box office and the new TV series",
  "Real estate": "Apartments for rent: two bedrooms, 900 square feet",
  "Jobs and careers": "Job openings: send a cover letter, salary on request",
  "Cars and vehicles": "Book a test drive of our electric cars and trucks",
  "Government and law": "The parliament passed legislation, says the ministry",
  "Science and nature": "Scientists found a new species with the telescope",
  "Home and garden": "Gardening tips: compost for seedlings, and furniture",
  "Fashion and beauty": "Fashion week outfits, makeup and lipstick trends",
  "Community and charity": "Volunteers and donations keep our charity going",
};

test.each(Object.entries(sentences))("%s: %s", (category, sentence) => {
  const page = { title: "", description: "", headings: "", text: sentence };
  const found = categorizeByKeywords(page);
  expect(found.category).toBe(category);
  expect(found.confidence).toBeGreaterThan(0);
  expect(found.keywords.length).toBeGreaterThan(1);
});

test("what tells nothing is Other, with no confidence", () => {
  const page = readPage("<title>Welcome</title><p>Under construction.</p>");
  expect(categorizeByKeywords(page)).toEqual({
    category: "Other",
    confidence: 0,
    keywords: [],
  });
});

test("with a key a language model decides, within the list; without its answer keywords do", async () => {
  const page = await serve({ "/": { body: "<title>Hotels, flights</title>" } });
  const asked: string[] = [];
  const answers = ["Games", "Ignore the list"];
  const model = createServer((request, response) => {
    const category = answers.shift();
    const content = JSON.stringify({ category, confidence: 7 });
    request.on("data", (chunk) => asked.push(String(chunk)));
    request.on("end", () =>
      response.end(JSON.stringify({ choices: [{ message: { content } }] })),
    );
  });
  const { url, close } = await onLoopback(model);
  servers.push({ server: model, close });
  const settings = readSettings({
    ALLOW_PRIVATE_HOSTS: "true",
    OPENROUTER_API_KEY: "or_key",
    OPENROUTER_BASE_URL: `${url}/v1/`,
  });
  const warned = jest.spyOn(console, "warn").mockReturnValue();
  expect(await categorizeWebsite(page, settings)).toMatchObject({
    category: "Games",
    confidence: 1,
    classifier: "model",
  });
  expect(asked.join("")).toContain("Hotels, flights");
  expect(await categorizeWebsite(page, settings)).toMatchObject({
    category: "Travel",
    classifier: "keywords",
  });
  expect(warned).toHaveBeenCalledTimes(1);
  warned.mockRestore();
});
