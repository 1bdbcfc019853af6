import { toast } from "@/ui/display/toaster";

const words: Record<string, string> = {
  CredentialsSignin:
    "That email and password do not match. Check both and try again.",
  TWO_FACTOR_REQUIRED: "Now the code of your authenticator app.",
  EMAIL_NOT_VERIFIED:
    "Your address is not verified yet. Open the link in the mail that we sent you.",
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
export async function openSession(
  email: string,
  password: string,
  code = "",
): Promise<string | null> {
  try {
    const { getCsrfToken, signIn } = await import("next-auth/react");
    // It leaves the page when it gets no answer: so ask it something first.
    if (!(await getCsrfToken())) return "NETWORK";
    const options = { email, password, code, redirect: false } as const;
    const answer = await signIn("credentials", options);
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
