import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { randomText } from "@/shared/ids";
import { onLoopback } from "./loopback";

/** Who sits at the provider's sign-in page; what it says of them. */
export type OidcPerson = {
  sub: string;
  email?: string;
  email_verified?: boolean | "true" | "false";
};

type Grant = {
  person: OidcPerson;
  redirectUri: string;
  challenge: string;
  nonce: string | null;
  isUsed: boolean;
};

type Reply = { status: number; body?: object; location?: string };

const refused = (status: number, error: string): Reply => ({
  status,
  body: { error },
});

/**
 * A real OpenID provider on loopback, which signs in whoever is set as its `person`. It refuses a
 * wrong client, secret, redirect address, PKCE verifier or token, and a code that was used.
 */
export async function startOidcServer() {
  const client = { id: "tollkeeper", secret: randomText(30) };
  const keys = await generateKeyPair("RS256");
  const strange = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "1", alg: "RS256" };
  const state = {
    client,
    redirectUris: [] as string[],
    person: { sub: "nobody" } as OidcPerson,
    /** says the address at the userinfo endpoint only, as some do */
    isTerse: false,
    /** what an attacker in the provider's place would give */
    forges: null as "signature" | "nonce" | "subject" | null,
    /** why it has refused, in order */
    refusals: [] as string[],
  };
  const grants = new Map<string, Grant>();
  const tokens = new Map<string, OidcPerson>();
  let issuer = "";

  const answers: Record<
    string,
    (request: IncomingMessage, url: URL) => Promise<Reply> | Reply
  > = {
    "GET /.well-known/openid-configuration": () => ({
      status: 200,
      body: {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        userinfo_endpoint: `${issuer}/userinfo`,
        jwks_uri: `${issuer}/jwks`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
        code_challenge_methods_supported: ["S256"],
      },
    }),
    "GET /jwks": () => ({ status: 200, body: { keys: [jwk] } }),
    "GET /authorize": (_, { searchParams: asked }) => authorize(asked),
    "POST /token": token,
    "GET /userinfo": ({ headers }) => {
      const [, given = ""] = (headers.authorization ?? "").split(" ");
      const person = tokens.get(given);
      if (!person) return refused(401, "invalid_token");
      const sub = state.forges === "subject" ? "another" : person.sub;
      return { status: 200, body: { ...person, sub } };
    },
  };

  function authorize(asked: URLSearchParams): Reply {
    const redirectUri = asked.get("redirect_uri") ?? "";
    if (asked.get("client_id") !== client.id)
      return refused(400, "unknown client");
    // To an address that nobody has registered it does not even send an error.
    if (!state.redirectUris.includes(redirectUri))
      return refused(400, "wrong redirect_uri");
    const challenge = asked.get("code_challenge");
    const isWhole =
      asked.get("response_type") === "code" &&
      asked.get("scope")?.split(" ").includes("openid") &&
      asked.get("code_challenge_method") === "S256";
    if (!challenge || !isWhole) return refused(400, "invalid_request");
    const code = randomText(30);
    const nonce = asked.get("nonce");
    const { person } = state;
    grants.set(code, { person, redirectUri, challenge, nonce, isUsed: false });
    const back = new URL(redirectUri);
    back.searchParams.set("code", code);
    back.searchParams.set("state", asked.get("state") ?? "");
    return { status: 302, location: back.href };
  }

  async function token(request: IncomingMessage): Promise<Reply> {
    const basic = `${client.id}:${client.secret}`;
    const wanted = `Basic ${Buffer.from(basic).toString("base64")}`;
    if (request.headers.authorization !== wanted)
      return refused(401, "invalid_client");
    const given = new URLSearchParams(await bodyOf(request));
    const grant = grants.get(given.get("code") ?? "");
    if (!grant || grant.isUsed) return refused(400, "invalid_grant: code");
    grant.isUsed = true;
    if (given.get("redirect_uri") !== grant.redirectUri)
      return refused(400, "invalid_grant: redirect_uri");
    const verifier = given.get("code_verifier") ?? "";
    const hash = createHash("sha256").update(verifier).digest("base64url");
    if (hash !== grant.challenge)
      return refused(400, "invalid_grant: code_verifier");
    const access_token = randomText(30);
    tokens.set(access_token, grant.person);
    const id_token = await idToken(grant);
    return {
      status: 200,
      body: { access_token, id_token, token_type: "Bearer", expires_in: 60 },
    };
  }

  function idToken({ person, nonce }: Grant): Promise<string> {
    const { sub, ...said } = person;
    const claims = {
      ...(state.isTerse ? {} : said),
      nonce: state.forges === "nonce" ? "another" : nonce,
    };
    const by = state.forges === "signature" ? strange : keys;
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "RS256", kid: "1" })
      .setIssuer(issuer)
      .setSubject(sub)
      .setAudience(client.id)
      .setIssuedAt()
      .setExpirationTime("1 minute")
      .sign(by.privateKey);
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", issuer);
    const answer = answers[`${request.method} ${url.pathname}`];
    const reply = answer?.(request, url) ?? refused(404, "not found");
    void Promise.resolve(reply).then(({ status, body, location }) => {
      if (status >= 400) state.refusals.push(JSON.stringify(body));
      response.writeHead(status, {
        "content-type": "application/json",
        ...(location && { location }),
      });
      response.end(body ? JSON.stringify(body) : undefined);
    });
  });
  const { url, close } = await onLoopback(server);
  issuer = url;
  return Object.assign(state, { issuer, stop: close });
}

export type OidcServer = Awaited<ReturnType<typeof startOidcServer>>;

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
