import { decodeJwt } from "jose";
import type { Profile } from "next-auth";
import GitHub, { type GithubProfile } from "next-auth/providers/github";
import type { OAuthConfig, OAuthUserConfig } from "next-auth/providers/oauth";
import * as z from "zod";
import type { LoginProvider } from "@/modules/identity/contract/external-logins";
import { env, type Env } from "@/platform/env";

/** A way to sign in beside a password, as the sign-in page names it. */
export type ExternalOption = { id: LoginProvider; name: string };

type Client = Required<
  Pick<OAuthUserConfig<Profile>, "clientId" | "clientSecret">
>;
type Provider = OAuthConfig<Profile> | OAuthConfig<GithubProfile>;

/** The ways to sign in beside a password that the environment turns on. */
export function externalOptions(): ExternalOption[] {
  return configured(env()).map(({ id, name }) => ({ id, name }));
}

/**
 * The same for next-auth. Each tells of a person `id`, what the provider knows them by, and
 * `email` only where it has verified the address.
 */
export function externalProviders(settings: Env = env()): Provider[] {
  return configured(settings).map(({ make }) => make());
}

function configured(settings: Env) {
  const options: (ExternalOption & { make: () => Provider })[] = [];
  const { OIDC_ISSUER, OIDC_NAME: name } = settings;
  const oidc = client(settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET);
  if (OIDC_ISSUER && oidc) {
    const option = { id: "oidc", name } as const;
    options.push({ ...option, make: () => openId(option, OIDC_ISSUER, oidc) });
  }
  const google = client(
    settings.GOOGLE_CLIENT_ID,
    settings.GOOGLE_CLIENT_SECRET,
  );
  if (google) {
    const option = { id: "google", name: "Google" } as const;
    const issuer = "https://accounts.google.com";
    options.push({ ...option, make: () => openId(option, issuer, google) });
  }
  const gitHub = client(
    settings.GITHUB_CLIENT_ID,
    settings.GITHUB_CLIENT_SECRET,
  );
  if (gitHub)
    options.push({ id: "github", name: "GitHub", make: () => github(gitHub) });
  return options;
}

function client(clientId?: string, clientSecret?: string): Client | null {
  return clientId && clientSecret ? { clientId, clientSecret } : null;
}

const Claims = z.object({
  sub: z.string().min(1),
  email: z.string().nullish(),
  // Some providers say it in text.
  email_verified: z.union([z.boolean(), z.enum(["true", "false"])]).nullish(),
});

function openId(
  option: ExternalOption,
  issuer: string,
  secrets: Client,
): OAuthConfig<Profile> {
  return {
    ...option,
    ...secrets,
    type: "oauth",
    wellKnown: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    userinfo: {
      // Some providers say the address in the id_token, which was verified; others here only.
      request: async ({ client: asked, tokens }) => {
        const said = decodeJwt<Profile>(tokens.id_token ?? "");
        if (said.email !== undefined) return said;
        const more = await asked.userinfo(tokens.access_token ?? "");
        if (more.sub !== said.sub)
          throw new Error("The userinfo is about somebody else");
        return { ...said, ...more };
      },
    },
    profile: (profile) => {
      const { sub, email, email_verified } = Claims.parse(profile);
      const isVerified = String(email_verified) === "true";
      return { id: sub, email: isVerified ? email : null };
    },
  };
}

const GitHubUser = z.object({ id: z.number().int() });
const GitHubEmails = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

/** GitHub, whose profile does not say whether its address is verified: a list beside it does. */
export function github(
  secrets: Client,
  api = "https://api.github.com",
): OAuthConfig<GithubProfile> {
  const read = async (path: string, token: string | undefined) => {
    const answer = await fetch(api + path, {
      headers: { authorization: `Bearer ${token ?? ""}` },
      signal: AbortSignal.timeout(10_000),
    });
    if (!answer.ok)
      throw new Error(`GitHub answers ${answer.status} to ${path}`);
    return answer.json() as Promise<unknown>;
  };
  return GitHub({
    ...secrets,
    checks: ["pkce", "state"],
    userinfo: {
      request: async ({ tokens }) => {
        const [user, emails] = await Promise.all([
          read("/user", tokens.access_token),
          read("/user/emails", tokens.access_token),
        ]);
        const { id } = GitHubUser.parse(user);
        const primary = GitHubEmails.parse(emails).find(
          ({ primary, verified }) => primary && verified,
        );
        return { sub: String(id), ...(primary && { email: primary.email }) };
      },
    },
    profile: ({ sub, email }) => ({ id: String(sub), email: email ?? null }),
  });
}
