// The least that answers checks over HTTP with a durable decision: Node's server, and the SQL function
// asked for all that came in while its connection was busy. It knows nobody, limits nobody, validates,
// logs and counts nothing: what no server in Node can pass here. It stands beside the app in bench/check.mjs.
import http from "node:http";
import pg from "pg";

const { PORT, DATABASE_URL, STATEMENT = "" } = process.env;

/** @typedef {{ hash: string, meter: string, feature: string }} Question `hash`: of the key, as base64 */
/** @typedef {{ question: Question, response: http.ServerResponse }} Waiting */

const client = new pg.Client({ connectionString: DATABASE_URL });
await client.connect();
/** @type {Waiting[]} */
let waiting = [];
let isBusy = false;

http
  .createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      waiting.push({ question: JSON.parse(body), response });
      if (!isBusy) setImmediate(decide);
    });
  })
  .listen(Number(PORT), "127.0.0.1");

async function decide() {
  if (isBusy) return;
  isBusy = true;
  while (waiting.length > 0) {
    const asked = waiting;
    waiting = [];
    const { rows } = await client.query({
      name: "check",
      text: STATEMENT,
      values: [
        asked.map(({ question }) => Buffer.from(question.hash, "base64")),
        asked.map(() => null),
        asked.map(() => 1),
        true,
        asked.map(({ question }) => question.meter),
        asked.map(({ question }) => question.feature),
      ],
    });
    for (const row of rows) {
      const at = asked[row.ordinal - 1];
      if (at) answer(at.response, row);
    }
  }
  isBusy = false;
}

/** @param {http.ServerResponse} response @param {object} decision */
function answer(response, decision) {
  const text = JSON.stringify(decision);
  response
    .writeHead(200, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    })
    .end(text);
}
