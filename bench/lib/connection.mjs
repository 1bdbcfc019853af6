import { once } from "node:events";
import net from "node:net";

/** @typedef {{ status: number, body: string }} Answer `body` as latin1 text */

/**
 * @typedef {object} Connection
 * @property {(request: string | Buffer) => Promise<Answer>} exchange one at a time
 * @property {() => void} close
 */

/**
 * A keep-alive connection that understands just enough of HTTP/1.1 to know where an answer ends:
 * on two cores, an ordinary client would take the time that is to be measured.
 * @param {number} port
 * @returns {Promise<Connection>}
 */
export async function openConnection(port) {
  const socket = net.connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  socket.setEncoding("latin1");
  /** @type {{ resolve(answer: Answer): void, reject(reason: Error): void } | null} */
  let waiting = null;
  let received = "";
  let end = 0; // where the answer ends, once its head has come
  socket.on("data", (/** @type {string} */ chunk) => {
    received = received === "" ? chunk : received + chunk;
    end ||= endOf(received);
    if (end === 0 || !isWhole(received, end)) return;
    const answer = toAnswer(received);
    received = "";
    end = 0;
    const asker = waiting;
    waiting = null;
    asker?.resolve(answer);
  });
  const fail = (/** @type {Error} */ reason) => waiting?.reject(reason);
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("The server closed the connection")));
  return {
    exchange: (request) =>
      new Promise((resolve, reject) => {
        if (socket.closed)
          reject(new Error("The server closed the connection"));
        waiting = { resolve, reject };
        socket.write(request);
      }),
    close() {
      waiting = null;
      socket.destroy();
    },
  };
}

/**
 * The bytes of a request.
 * @param {{ method?: string, path: string, token?: string, cookie?: string, headers?: string[], body?: unknown }} request
 *   a body that is text is sent as it is
 */
export function encode(request) {
  const { method = "GET", path, token, cookie, headers = [], body } = request;
  const json =
    body === undefined || typeof body === "string"
      ? (body ?? "")
      : JSON.stringify(body);
  const head = [
    `${method} ${path} HTTP/1.1`,
    "host: 127.0.0.1",
    ...(token ? [`authorization: Bearer ${token}`] : []),
    ...(cookie ? [`cookie: ${cookie}`] : []),
    ...headers,
    ...(json
      ? [
          "content-type: application/json",
          `content-length: ${Buffer.byteLength(json)}`,
        ]
      : []),
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${json}`);
}

const CHUNKED = -1;

/** @param {string} text @returns {number} 0 when the head is not whole yet */
function endOf(text) {
  const head = text.indexOf("\r\n\r\n");
  if (head === -1) return 0;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head + 2));
  return length ? head + 4 + Number(length[1]) : CHUNKED;
}

/** @param {string} text @param {number} end */
function isWhole(text, end) {
  return end === CHUNKED ? text.endsWith("\r\n0\r\n\r\n") : text.length >= end;
}

/** @param {string} text @returns {Answer} */
function toAnswer(text) {
  return {
    status: Number(text.slice(9, 12)),
    body: text.slice(text.indexOf("\r\n\r\n") + 4),
  };
}
