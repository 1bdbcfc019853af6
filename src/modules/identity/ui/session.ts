import { toast } from "@/ui/display/toaster";

const words: Record<string, string> = {
  CredentialsSignin:
    "That email and password do not match. Check both and try again.",
  WRONG_CODE:
    "That code does not fit. Each works once: wait for the next one, or use a recovery code.",
  TWO_FACTOR_REQUIRED: "Now the code of your authenticator app.",
  EMAIL_NOT_VERIFIED:
    "Your address is not verified yet. Open the link in the mail that we sent you.",
  EXTERNAL_UNKNOWN:
    "Nobody here has the address of that account. Members of staff are invited; customers register first.",
  EXTERNAL_INVITED:
    "You are invited: open the link in that mail first. From then on you can sign in this way.",
  EXTERNAL_UNVERIFIED:
    "That provider has not verified your address. Verify it there, or sign in with your password.",
  EXTERNAL_DISABLED:
    "Your account was deactivated. Ask an owner of the team to reactivate it.",
  EXTERNAL_LATE: "That took too long. Start signing in again.",
  OAuthSignin:
    "The provider cannot be reached at the moment. Try again, or sign in with your password.",
  OAuthCallback:
    "The provider did not confirm who you are. Try again, or sign in with your password.",
  RATE_LIMITED: "Too many attempts. Wait a minute, then try again.",
  UNAVAILABLE:
    "The server cannot check passwords at the moment. Try again in a few seconds.",
  NETWORK: "The server cannot be reached. Check your connection and try again.",
};

/** What a code of next-auth or of ours means to the person who signs in. */
export function signInProblem(code: string): string {
  return words[code] ?? "Signing in did not work. Try again.";
}

/**
 * Open a session by password; its cookie is set when this is done. Returns null, or the code of
 * what went wrong, which is the same whether or not anybody has that address.
 */
export function openSession(
  email: string,
  password: string,
  code = "",
): Promise<string | null> {
  return present("credentials", { email, password, code });
}

/** Open the session of somebody whom a provider has shown to be, with the code that is asked. */
export function finishSession(code: string): Promise<string | null> {
  return present("second-factor", { code });
}

/** Leave for a provider, which sends the browser back to `path`. Answers what went wrong, if so. */
export async function leaveForProvider(
  id: string,
  path: string,
): Promise<string | null> {
  try {
    const { getCsrfToken, signIn } = await import("next-auth/react");
    if (!(await getCsrfToken())) return "NETWORK";
    await signIn(id, { callbackUrl: path });
    return null;
  } catch {
    return "NETWORK";
  }
}

async function present(
  provider: string,
  given: Record<string, string>,
): Promise<string | null> {
  try {
    const { getCsrfToken, signIn } = await import("next-auth/react");
    // It leaves the page when it gets no answer: so ask it something first.
    if (!(await getCsrfToken())) return "NETWORK";
    const answer = await signIn(provider, { ...given, redirect: false });
    return answer?.ok ? null : (answer?.error ?? "UNKNOWN");
  } catch {
    return "NETWORK";
  }
}

/** End the session here and on the server, and go to the sign-in page. */
export async function closeSession(): Promise<void> {
  try {
    const { signOut } = await import("next-auth/react");
    await signOut({ callbackUrl: "/sign-in" });
  } catch {
    toast.error("You are still signed in", {
      description: signInProblem("NETWORK"),
    });
  }
}
