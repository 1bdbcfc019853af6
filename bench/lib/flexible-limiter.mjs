// A server that decides five windows with rate-limiter-flexible, as its documents advise: one limiter
// a window, asked all at once, on one pool. It stands beside the app in bench/limiters.mjs.
import http from "node:http";
import pg from "pg";
import {
  RateLimiterPostgres,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import { createClient } from "redis";

const { PORT, DATABASE_URL, REDIS_URL, LIMITS = "[]" } = process.env;
/** @type {number[]} of a second, a minute, an hour, a day, a month */
const limits = JSON.parse(LIMITS);
const SECONDS = [1, 60, 3_600, 86_400, 2_592_000];

const limiters = REDIS_URL ? await onRedis(REDIS_URL) : await onPostgres();

http
  .createServer((request, response) => {
    const key = new URL(request.url ?? "/", "http://localhost").pathname;
    request.resume();
    consume(key).then(
      (isAdmitted) => answer(response, 200, isAdmitted ? "VALID" : "LIMITED"),
      (error) => answer(response, 500, String(error)),
    );
  })
  .listen(Number(PORT), "127.0.0.1");

/** @param {string} key */
async function consume(key) {
  const results = await Promise.allSettled(
    limiters.map((limiter) => limiter.consume(key)),
  );
  for (const result of results)
    if (
      result.status === "rejected" &&
      !(result.reason instanceof RateLimiterRes)
    )
      throw result.reason;
  return results.every(({ status }) => status === "fulfilled");
}

/** @param {http.ServerResponse} response @param {number} status @param {string} code */
function answer(response, status, code) {
  const text = JSON.stringify({ code });
  response
    .writeHead(status, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
    })
    .end(text);
}

async function onPostgres() {
  const storeClient = new pg.Pool({ connectionString: DATABASE_URL, max: 10 });
  return SECONDS.map(
    (duration, i) =>
      new RateLimiterPostgres({
        storeClient,
        tableName: "flexible_limits",
        tableCreated: true,
        clearExpiredByTimeout: false,
        keyPrefix: `w${i}`,
        points: limits[i] ?? 0,
        duration,
      }),
  );
}

/** @param {string} url */
async function onRedis(url) {
  const storeClient = createClient({ url, disableOfflineQueue: true });
  await storeClient.connect();
  return SECONDS.map(
    (duration, i) =>
      new RateLimiterRedis({
        storeClient,
        useRedisPackage: true,
        keyPrefix: `w${i}`,
        points: limits[i] ?? 0,
        duration,
      }),
  );
}
