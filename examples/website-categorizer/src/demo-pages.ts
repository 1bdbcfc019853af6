import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const pages: Record<string, string> = {
  "/bakery": `<title>Grandma's Bread Recipes</title>
    <meta name="description" content="Easy recipes from few ingredients">
    <h1>Farmhouse bread</h1>
    <p>Preheat the oven. Mix the flour with a tablespoon of oil, then let it bake.</p>`,
  "/islands": `<title>Island Travel Guide</title>
    <meta name="description" content="Hotels, flights and itineraries">
    <h1>Where to stay</h1>
    <p>Each destination has a hotel near the airport and the beach.</p>`,
  "/library": `<title>tinyqueue: an open source job queue</title>
    <meta name="description" content="Software for developers, with an API and an SDK">
    <h1>Documentation</h1>
    <p>Clone the source code, connect a database, deploy to any server.</p>`,
  "/rovers": `<title>Rovers FC: football news and match reports</title>
    <h1>League table</h1>
    <p>The coach praised the team after the championship goal at the stadium.</p>`,
};

export const pagePaths = Object.keys(pages);

/** Serve a few websites on loopback. */
export async function servePages() {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ""];
    response.writeHead(page ? 200 : 404, { "content-type": "text/html" });
    response.end(page ?? "<title>Not found</title>");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // Safe: it listens on TCP.
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
