import { sql } from "@/platform/db";
import { gather } from "@/platform/gather";
import type { Prisma } from "@/platform/db/generated/client";
import type { Ctx, TxCtx } from "@/platform/context";
import { singleton } from "@/platform/singleton";
import { fromUuid, newId, toUuid } from "@/shared/ids";
import type { Permission } from "@/shared/permissions";
import type { ServiceToken } from "../contract";

export async function insertServiceToken(
  tx: TxCtx,
  token: {
    name: string;
    prefix: string;
    hash: Buffer;
    scopes: Permission[];
    expiresAt: string | null;
    createdBy: string | null;
  },
): Promise<ServiceToken> {
  const row = await tx.db.serviceToken.create({
    data: {
      id: toUuid(newId("stk")),
      name: token.name,
      prefix: token.prefix,
      hash: new Uint8Array(token.hash),
      scopes: token.scopes,
      expires_at: token.expiresAt,
      created_by: token.createdBy && toUuid(token.createdBy),
      created_at: tx.now(),
    },
  });
  return toServiceToken(row);
}

export async function findServiceTokens(ctx: Ctx): Promise<ServiceToken[]> {
  const rows = await ctx.db.serviceToken.findMany({
    orderBy: { id: "desc" },
    take: 200,
  });
  return rows.map(toServiceToken);
}

export async function revokeServiceTokenRow(
  tx: TxCtx,
  id: string,
): Promise<ServiceToken | null> {
  await tx.db.serviceToken.updateMany({
    where: { id: toUuid(id), revoked_at: null },
    data: { revoked_at: tx.now() },
  });
  const row = await tx.db.serviceToken.findUnique({
    where: { id: toUuid(id) },
  });
  return row && toServiceToken(row);
}

export type LiveToken = {
  id: string;
  name: string;
  scopes: ReadonlySet<string>;
};

/**
 * The token with this hash, unless it is revoked or expired. Calls that come at once share one
 * statement. Its last use is noted once a minute.
 */
export function findLiveToken(hash: Buffer): Promise<LiveToken | null> {
  return singleton("find-live-token", () => gather(findLiveTokens))(hash);
}

type TokenRow = {
  ordinal: string;
  id: string;
  name: string;
  scopes: string[];
  idle: boolean;
};

async function findLiveTokens(hashes: Buffer[]): Promise<(LiveToken | null)[]> {
  const rows = await sql<TokenRow>(
    "live_tokens",
    `SELECT h.ordinal, t.id, t.name, t.scopes,
            t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS idle
     FROM unnest($1::bytea[]) WITH ORDINALITY h(hash, ordinal)
     JOIN service_tokens t ON t.hash = h.hash
     WHERE t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())`,
    [hashes],
  );
  const found: (LiveToken | null)[] = hashes.map(() => null);
  const idle = new Set<string>();
  for (const row of rows) {
    if (row.idle) idle.add(row.id);
    found[Number(row.ordinal) - 1] = {
      id: fromUuid("stk", row.id),
      name: row.name,
      scopes: new Set(row.scopes),
    };
  }
  if (idle.size > 0)
    await sql(
      "touch_tokens",
      "UPDATE service_tokens SET last_used_at = now() WHERE id = ANY($1::uuid[])",
      [[...idle]],
    );
  return found;
}

function toServiceToken(
  row: Prisma.ServiceTokenGetPayload<object>,
): ServiceToken {
  return {
    id: fromUuid("stk", row.id),
    name: row.name,
    prefix: row.prefix,
    scopes: row.scopes as Permission[], // Safe: written from the contract's enum.
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_used_at?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
  };
}
