import { createClient } from "redis";
import { env } from "./env";
import { log } from "./log";
import { singleton } from "./singleton";

type Holder = { client: ReturnType<typeof connect> | null };

/**
 * The process's Redis client, or null without REDIS_URL. While Redis is away, commands reject at
 * once and it reconnects by itself: whoever uses it must be able to do without.
 */
export function redis() {
  const url = env().REDIS_URL;
  if (url === undefined) return null;
  return (holder().client ??= connect(url));
}

/** Close the connection, if there is one, at shutdown. */
export function closeRedis(): void {
  holder().client?.destroy();
  holder().client = null;
}

function holder(): Holder {
  return singleton("redis", () => ({ client: null }));
}

function connect(url: string) {
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 1_000,
      reconnectStrategy: (attempt) => Math.min(100 * 2 ** attempt, 2_000),
    },
  });
  let isLost = false;
  client.on("error", (error: Error) => {
    if (!isLost) log().warn({ reason: error.message }, "Redis is away");
    isLost = true;
  });
  client.on("ready", () => {
    if (isLost) log().info("Redis is back");
    isLost = false;
  });
  // A failure is told by the event; connecting goes on until it succeeds.
  void client.connect().catch(() => undefined);
  return client;
}
