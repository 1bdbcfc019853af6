import { record } from "@/modules/audit";
import type { Ctx } from "@/platform/context";
import { transaction } from "@/platform/db/transaction";
import { env } from "@/platform/env";
import { emit } from "@/platform/outbox";
import { hashSecret, isSecret, makeSecret } from "@/platform/secret";
import { DomainError } from "@/shared/errors";
import { addSeconds } from "@/shared/time";
import { accessSeconds, makeAccessToken } from "../access-token";
import type { LoginInput, Tokens } from "../contract/accounts";
import { findLiveSession, revokeSession } from "../queries/sessions";
import {
  findUsedToken,
  insertRefreshToken,
  takeRefreshToken,
} from "../queries/refresh-tokens";
import { getProfile } from "./accounts";
import { tellOfSignIn } from "./sign-in-told";
import { checkCredentials } from "./credentials";
import { openSession, sessionActor, signOut } from "./sessions";
import { refuseViewer } from "./person";

const prefix = "rt_";
const purpose = "refresh-token";

/** Sign in for the API. Throws UNAUTHENTICATED, and what `signIn` throws. */
export async function logIn(ctx: Ctx, input: LoginInput): Promise<Tokens> {
  const account = await checkCredentials(ctx, input);
  const session = account && (await openSession(ctx, account, "api"));
  if (!session)
    throw new DomainError(
      "UNAUTHENTICATED",
      "That email and password do not fit. Check both, or reset the password.",
    );
  return transaction(ctx, (tx) => tokensOf(tx, session.sessionId));
}

/**
 * Change a refresh token for new tokens. One that was used before has been copied: its session
 * ends, and with it whatever the copy got. Throws UNAUTHENTICATED.
 */
export async function refreshTokens(
  ctx: Ctx,
  { refresh_token: token }: { refresh_token: string },
): Promise<Tokens> {
  if (!isSecret(prefix, token)) throw ended();
  const hash = hashSecret(purpose, token);
  const tokens = await transaction(ctx, async (tx) => {
    const sessionId = await takeRefreshToken(tx, hash);
    const isLive = sessionId && (await findLiveSession(sessionId));
    return isLive ? tokensOf(tx, sessionId) : null;
  });
  if (tokens) {
    tellOfSignIn(ctx, "refreshed");
    return tokens;
  }
  await endReused(ctx, hash);
  throw ended();
}

/** End the session that the call was made with. */
export async function logOut(ctx: Ctx) {
  const { sessionId } = refuseViewer(ctx);
  await signOut(ctx, sessionId);
  return { done: true as const };
}

async function endReused(ctx: Ctx, hash: Buffer): Promise<void> {
  const reused = await findUsedToken(ctx, hash);
  const live = reused && (await findLiveSession(reused));
  if (!live) return;
  tellOfSignIn(ctx, "refresh_reused");
  await transaction(ctx, async (tx) => {
    if (!(await revokeSession(tx, reused))) return;
    await record(tx, {
      action: "session.refresh_reused",
      target: { kind: "session", id: reused },
    });
    await emit(tx, {
      name: "session.refresh_reused",
      payload: { user_id: live.userId, session_id: reused },
    });
  });
}

async function tokensOf(ctx: Ctx, sessionId: string): Promise<Tokens> {
  return transaction(ctx, async (tx) => {
    const token = makeSecret(prefix);
    await insertRefreshToken(tx, {
      sessionId,
      hash: hashSecret(purpose, token),
      expiresAt: addSeconds(tx.now(), env().REFRESH_TOKEN_SECONDS),
    });
    const speaker = await sessionActor(sessionId);
    if (!speaker) throw ended();
    const { userId } = speaker.actor;
    return {
      access_token: await makeAccessToken({ userId, sessionId }, tx.now()),
      refresh_token: token,
      token_type: "Bearer" as const,
      expires_in: accessSeconds(),
      user: await getProfile({ ...tx, actor: speaker.actor }),
    };
  });
}

function ended(): DomainError {
  return new DomainError(
    "UNAUTHENTICATED",
    "This refresh token is used, expired or not ours. Sign in again.",
  );
}
