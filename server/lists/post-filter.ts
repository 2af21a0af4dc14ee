/** What a history can be narrowed by, and the words by which a post is found. */
import { folded, gramsOf, wantedGrams } from "./search-text.ts";

/** How a post came, or what it asks. Reminders stand on the page of the post that they remind of. */
export const postKinds = ["mail", "panel", "scheduled", "recurring", "asks", "poll"] as const;
export type PostKind = (typeof postKinds)[number];

/**
 * What became of a post: everybody's copy left and none came back; some went astray; copies still leave; a person ended it;
 * it waits for an administrator, or was turned down; not everybody has confirmed yet.
 */
export const postOutcomes = [
  "well",
  "astray",
  "going",
  "stopped",
  "held",
  "rejected",
  "unconfirmed",
  "unanswered",
] as const;
export type PostOutcome = (typeof postOutcomes)[number];

export type PostFilter = {
  /** Words in subject, author or text: all of them. Empty for none. */
  readonly search: string;
  /** Words in the author's name or address. */
  readonly sender: string;
  /** Accepted from `since` on, before `until`. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  readonly kind: PostKind | undefined;
  readonly outcome: PostOutcome | undefined;
};

export const everyPost: PostFilter = {
  search: "",
  sender: "",
  since: undefined,
  until: undefined,
  kind: undefined,
  outcome: undefined,
};

export function isNarrowed(filter: PostFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== "");
}

/** Rises when what follows changes, or the rules of search-text.ts: what was written by other rules is then written anew. */
export const postSearchRules = 1;

/** Of a mail's text, so that a long one costs no more than a long page. */
export const searchedCharacters = 10_000;

export type PostText = { readonly author: string; readonly text: string };

/** As the index and the comparison after it read a post. A line each, so that nothing is found across two of them. */
export function postText(post: {
  readonly subject: string;
  /** Names and address of the author. */
  readonly author: readonly string[];
  readonly text: string;
}): PostText {
  const author = post.author.map(folded).join("\n");
  return { author, text: [folded(post.subject), author, folded(post.text)].join("\n") };
}

/** Of a post single characters of every script are found too: posts are few beside members. */
export function postGrams(text: string): readonly string[] {
  return [...new Set([...gramsOf(text), ...text.replace(/\s/g, "")])];
}

/** Grams that every post has that holds all of the words. */
export function wantedPostGrams(words: readonly string[]): readonly string[] {
  return [...new Set([...wantedGrams(words), ...words.filter((word) => [...word].length === 1)])];
}
