import { hash, verify } from "@node-rs/argon2";
import { singleton } from "@/platform/singleton";

// OWASP's first choice for argon2id, the library's default; one verification takes 19 MiB.
const cost = {
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** Hash a password for storage (argon2id, PHC string). */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, cost));
}

/**
 * Whether a password fits a stored hash. With no hash (nobody has that address) the same work
 * is done in vain, so that the time tells nothing.
 */
export async function verifyPassword(
  stored: string | null,
  password: string,
): Promise<boolean> {
  const against = stored ?? (await decoy());
  const fits = await inTurn(() => verify(against, password));
  return stored !== null && fits;
}

function decoy(): Promise<string> {
  return singleton("decoy-hash", () => hashPassword("nobody has this one"));
}

// At most two at once: a burst of sign-ins must not take the memory of everything else.
const places = singleton("argon2-places", () => ({
  free: 2,
  waiting: [] as (() => void)[],
}));

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (places.free > 0) places.free -= 1;
  else await new Promise<void>((resolve) => places.waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = places.waiting.shift();
    if (next) next();
    else places.free += 1;
  }
}
