// The commonest passwords of published leaks that have twelve characters or more.
const common = new Set(
  `123456789012 1234567890123 12345678910 123456789101112 qwertyuiop123 1q2w3e4r5t6y
  qwertyuiopasdf qwerty123456 1qaz2wsx3edc abcdefghijkl abcd1234abcd password1234
  password12345 password123456 passwordpassword iloveyou1234 adminadminadmin
  administrator welcome12345 letmeinletmein changeme1234 changemechangeme
  football1234 baseball1234 sunshine1234 princess1234 superman1234 liverpool123
  qazwsxedcrfv asdfghjkl123 asdfghjklqwe zxcvbnm12345 1234qwerasdf q1w2e3r4t5y6
  aaaaaaaaaaaa 000000000000 111111111111 123123123123 121212121212 123321123321`.split(
    /\s+/,
  ),
);

/** Why a password is too weak for this person, or null when it will do. */
export function weakness(password: string, email: string): string | null {
  const plain = password.toLowerCase();
  if (common.has(plain)) return "is one of the commonest; choose another";
  if (new Set(plain).size < 5) return "repeats too few characters";
  const [local = ""] = email.split("@");
  if (local.length >= 4 && plain.replace(/[^a-z]/g, "") === local)
    return "is the email address; choose another";
  return null;
}
