/** A user name as it was typed. */
import { isUsername } from "../lists/username.ts";
import { wrongUse } from "./command-error.ts";

/** Throws CommandError with status 2 for what cannot be one. */
export function readUsername(typed: string): string {
  if (!isUsername(typed))
    throw wrongUse(`"${typed}" cannot be a user name: use 1 to 64 letters, digits, dots, hyphens and underscores`);
  return typed;
}
