import { env } from "./env";
import { log } from "./log";
import { singleton } from "./singleton";

/** A Redis, or a Redis Cluster: commands with keys go to the node that has them. */
export type Redis =
  ReturnType<typeof newClient> | ReturnType<typeof newCluster>;

type Library = typeof import("redis");
type Holder = { client: Promise<Redis> | null };

/** Whether there is to be a Redis. */
export function hasRedis(): boolean {
  return env().REDIS_URL !== undefined;
}

/**
 * The process's Redis client, or null without REDIS_URL; its library is loaded only where there is
 * to be one. While Redis is away, commands reject at
 * once and it reconnects by itself: whoever uses it must be able to do without.
 */
export async function redis(): Promise<Redis | null> {
  const url = env().REDIS_URL;
  if (url === undefined) return null;
  return (holder().client ??= connect(url));
}

/** Whether Redis answers within `patience` milliseconds; null where there is to be none. */
export async function redisAnswers(patience = 500): Promise<boolean | null> {
  const client = await redis();
  if (!client) return null;
  const late = new Promise<false>((resolve) =>
    setTimeout(() => resolve(false), patience).unref(),
  );
  // A key that nobody has: the node of a cluster that would hold it is asked.
  const asked = client.exists("tollkeeper:health").then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]);
}

/** Close the connection, if there is one, at shutdown. */
export async function closeRedis(): Promise<void> {
  const client = await holder().client;
  holder().client = null;
  client?.destroy();
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

function newClient({ createClient }: Library, url: string) {
  return createClient({ url, ...options });
}

function newCluster({ createCluster }: Library, url: string) {
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

async function connect(url: string): Promise<Redis> {
  const library = await import("redis");
  const client =
    env().REDIS_CLUSTER === "on"
      ? newCluster(library, url)
      : newClient(library, url);
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
