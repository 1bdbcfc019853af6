import { getErasure } from "@/modules/privacy";
import {
  resumeErasures,
  workOnErasure,
} from "@/modules/privacy/service/erasure-work";
import type { Ctx } from "@/platform/context";
import { toUuid } from "@/shared/ids";
import { asOwner } from "../support/closing";
import type { TestDatabase } from "../support/database";
import type { World } from "../support/world";

const day = 86_400_000;

/** Accounts that close, and time that passes over them. */
export function closings(world: () => World, database: TestDatabase) {
  return {
    account: async (more: Parameters<World["customer"]>[0] = {}) => {
      const { id } = await world().customer(more);
      return { id, owner: asOwner(world().ctx, id) };
    },
    statusOf: async (id: string) =>
      (await getErasure(world().ctx, id)).erasure?.status,
    actionsOf: async (id: string) => {
      const rows = await database.query<{ action: string }>(
        "SELECT action FROM audit_log WHERE customer_id = $1 AND (action LIKE 'customer.closing%' OR action LIKE 'customer.eras%') ORDER BY id",
        [toUuid(id)],
      );
      return rows.map(({ action }) => action);
    },
    /** what the timer and the worker would do so many days on */
    cameDue: async (days = 15) => {
      const ctx = later(world().ctx, days);
      const jobs =
        "graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'erase_customer'";
      await resumeErasures(ctx);
      const rows = await database.query<{ id: string }>(
        `SELECT payload->>'erasure_id' AS id FROM ${jobs}`,
      );
      for (const { id } of rows) await workOnErasure(ctx, id);
      await database.query(
        `DELETE FROM graphile_worker._private_jobs WHERE id IN (SELECT j.id FROM ${jobs})`,
      );
    },
  };
}

function later(ctx: Ctx, days: number): Ctx {
  return { ...ctx, now: () => new Date(Date.now() + days * day) };
}
