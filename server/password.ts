/** Passwords of accounts, kept as Argon2id hashes. The panel and the command line share it. */
import { hash, verify } from "@node-rs/argon2";

/** Characters. */
export const leastPassword = 10;
const longestPassword = 1000;

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane; some 30 ms. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash of no password: checking against it takes as long as against a real one. */
const nobody = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzYWx0IG9mIG91cnM$3z6BPGgzqJfn0YAWo8WbAAuiLkDPUJ7Yz6r7ZBnR8lE";

/** Why a new password will not do, as the end of a key of the words table; undefined when it will. */
export function passwordFault(password: string): "short" | "long" | undefined {
  const { length } = [...password];
  if (length > longestPassword) return "long";
  return length < leastPassword ? "short" : undefined;
}

export async function hashPassword(password: string): Promise<string> {
  return hash(normal(password), cost);
}

/** Takes the same time for accounts without a password and for unknown ones, which have no hash. */
export async function verifyPassword(passwordHash: string | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? nobody, normal(password).slice(0, longestPassword * 2));
  return right && passwordHash !== undefined;
}

/** Keyboards write the same letter in different ways (NIST SP 800-63B 5.1.1.2). */
function normal(password: string): string {
  return password.normalize("NFKC");
}
