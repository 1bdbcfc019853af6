import { createClient, createCluster } from "redis";
import { env } from "./env";
import { log } from "./log";
import { singleton } from "./singleton";

/** A Redis, or a Redis Cluster: commands with keys go to the node that has them. */
export type Redis =
  ReturnType<typeof newClient> | ReturnType<typeof newCluster>;

type Holder = { client: Redis | null };

/**
 * The process's Redis client, or null without REDIS_URL. While Redis is away, commands reject at
 * once and it reconnects by itself: whoever uses it must be able to do without.
 */
export function redis(): Redis | null {
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

const options = {
  disableOfflineQueue: true,
  socket: {
    connectTimeout: 1_000,
    reconnectStrategy: (attempt: number) => Math.min(100 * 2 ** attempt, 2_000),
  },
};

function newClient(url: string) {
  return createClient({ url, ...options });
}

function newCluster(url: string) {
  const { username, password } = new URL(url);
  return createCluster({
    rootNodes: [{ url }],
    defaults: {
      ...options,
      ...(username && { username: decodeURIComponent(username) }),
      ...(password && { password: decodeURIComponent(password) }),
    },
  });
}

function connect(url: string): Redis {
  const client =
    env().REDIS_CLUSTER === "on" ? newCluster(url) : newClient(url);
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
