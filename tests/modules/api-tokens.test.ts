import { decodeJwt, SignJWT, UnsecuredJWT } from "jose";
import { env } from "@/platform/env";
import { derivedKey } from "@/platform/secret";
import { callRoute } from "../support/app";
import { accounts, address, bearer } from "../support/accounts";
import { useDatabase } from "../support/database";

const database = useDatabase();
const { person, login, refresh, profile } = accounts(database);

describe("tokens for the API", () => {
  test("let in, are renewed, and end with the session", async () => {
    const email = await person();
    const { body: tokens } = await login(email);
    expect(tokens).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    expect((await profile(tokens.access_token)).body.email).toBe(email);
    const renewed = await refresh(tokens.refresh_token);
    expect(renewed.status).toBe(200);
    expect((await profile(renewed.body.access_token)).status).toBe(200);
    const out = await callRoute("accounts.logout", {
      headers: bearer(renewed.body.access_token),
    });
    expect(out.body).toEqual({ done: true });
    expect((await profile(tokens.access_token)).status).toBe(401);
    expect((await refresh(renewed.body.refresh_token)).status).toBe(401);
  });

  test("last as long as the environment says: the one for calls, and the one that renews it", async () => {
    const email = await person();
    const { ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_SECONDS } = env();
    Object.assign(env(), {
      ...{ ACCESS_TOKEN_SECONDS: 120, REFRESH_TOKEN_SECONDS: 7_200 },
    });
    const { body: tokens } = await login(email);
    Object.assign(env(), { ACCESS_TOKEN_SECONDS, REFRESH_TOKEN_SECONDS });
    const { iat = 0, exp = 0 } = decodeJwt(tokens.access_token);
    expect([tokens.expires_in, exp - iat]).toEqual([120, 120]);
    const [row] = await database.query<{ left: number }>(
      "SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM refresh_tokens ORDER BY created_at DESC LIMIT 1",
    );
    expect(row?.left).toBeGreaterThan(7_100);
    expect(row?.left).toBeLessThanOrEqual(7_200);
    await database.query(
      "UPDATE refresh_tokens SET expires_at = now() - interval '1 second'",
    );
    expect((await refresh(tokens.refresh_token)).status).toBe(401);
  });

  test("a refresh token that is used twice ends the session of whoever has the other", async () => {
    const { body: tokens } = await login(await person());
    const [a, b] = await Promise.all([
      refresh(tokens.refresh_token),
      refresh(tokens.refresh_token),
    ]);
    expect([a.status, b.status].sort()).toEqual([200, 401]);
    const winner = a.status === 200 ? a : b;
    expect((await profile(winner.body.access_token)).status).toBe(401);
    expect((await refresh(winner.body.refresh_token)).status).toBe(401);
  });

  test("a token that is signed by nobody, by others, or for others, is nobody's", async () => {
    const { body: tokens } = await login(await person());
    const [, payload = ""] = tokens.access_token.split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
    const none = new UnsecuredJWT(claims).encode();
    const sign = (key: Uint8Array, changed: object, alg = "HS256") =>
      new SignJWT({ ...claims, ...changed })
        .setProtectedHeader({ alg })
        .sign(key);
    const key = derivedKey("access-token");
    const forged = [
      none,
      await sign(Buffer.alloc(32, 1), {}),
      await sign(key, { aud: "another" }),
      await sign(key, { iss: "another" }),
      await sign(key, { exp: Math.floor(Date.now() / 1000) - 10 }),
      await sign(Buffer.concat([key, key]), {}, "HS512"),
      `${tokens.access_token}x`,
    ];
    for (const token of forged)
      expect([token, (await profile(token)).status]).toEqual([token, 401]);
    expect((await profile(await sign(key, {}))).status).toBe(200);
  });

  test("a wrong password and an unknown address answer alike", async () => {
    const wrong = await login(await person(), "not this one");
    const unknown = await login(address(), "not this one");
    expect(wrong.status).toBe(401);
    expect({ ...wrong.body, request_id: "" }).toEqual({
      ...unknown.body,
      request_id: "",
    });
  });
});
