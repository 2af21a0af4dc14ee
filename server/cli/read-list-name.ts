/** A list's name as it was typed. */
import { listNameFault } from "../lists/list-address.ts";
import { wrongUse } from "./command-error.ts";

const nameFaults = {
  "list-name-shape": "use 1 to 30 of a-z, 0-9, dot, hyphen and underscore, with no dot at an end or beside another",
  "list-name-reserved":
    "the server itself needs postmaster, abuse, and names that end in -subscribe, -join, -unsubscribe, -leave, -request, -owner, -bounces or -confirm",
} as const;

/** Throws CommandError with status 2 for what cannot be one. */
export function readListName(typed: string): string {
  const fault = listNameFault(typed);
  if (fault !== undefined) throw wrongUse(`"${typed}" cannot be a list's name: ${nameFaults[fault]}`);
  return typed;
}
