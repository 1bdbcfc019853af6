import type pg from "pg";
import { gauge } from "@/platform/metrics";
import { singleton } from "@/platform/singleton";

const pools = () => singleton("pools", () => new Map<string, pg.Pool>());

/** From now on metrics tell of a pool's connections. */
export function watchPool<P extends pg.Pool>(name: string, pool: P): P {
  pools().set(name, pool);
  return pool;
}

gauge(
  "database_pool_connections",
  "Connections to PostgreSQL that this process has open, by pool and by whether one is at work.",
  { pool: "any", state: ["busy", "idle"] },
  () =>
    [...pools()].flatMap(([pool, { totalCount, idleCount }]) => [
      [{ pool, state: "busy" }, totalCount - idleCount],
      [{ pool, state: "idle" }, idleCount],
    ]),
);

gauge(
  "database_pool_waiting",
  "Queries of this process that wait for a connection to PostgreSQL, by pool.",
  { pool: "any" },
  () =>
    [...pools()].map(([pool, { waitingCount }]) => [{ pool }, waitingCount]),
);
