/** What joining a list asks of people, as the list's settings say: shown on the page behind `/s/TOKEN`. */

export const joiningModes = ["open", "approval", "closed"] as const;
/** Who may join by mail: everybody who confirms; everybody, after an administrator's approval; nobody. */
export type JoiningMode = (typeof joiningModes)[number];

export const nameModes = ["asked", "required", "no"] as const;
/** Whether the page asks for a name. */
export type NameMode = (typeof nameModes)[number];

/** A field of the page that becomes an attribute. With choices it is one of them. */
export type AskedAttribute = {
  readonly name: string;
  readonly required: boolean;
  readonly choices: readonly string[];
};

export type Joining = {
  readonly mode: JoiningMode;
  readonly name: NameMode;
  readonly attributes: readonly AskedAttribute[];
  /** A word that the page asks for and the list's people were told; empty: none. Compared without regard to case and width. */
  readonly code: string;
  /** UTC milliseconds after which nobody joins any more; undefined: never. */
  readonly until: number | undefined;
};

export const defaultJoining: Joining = { mode: "open", name: "asked", attributes: [], code: "", until: undefined };

/** Whether the page asks something that a bare reply cannot say. */
export function needsPage(joining: Joining): boolean {
  return joining.code !== "";
}

/** Whether anybody can join by themselves at this time. */
export function isOpen({ mode, until }: Joining, now: number): boolean {
  return mode !== "closed" && (until === undefined || now <= until);
}

/** Whether what was typed is the code: nobody knows any more whether the poster said it in capitals or full-width letters. */
export function isCode({ code }: Joining, typed: string): boolean {
  return plain(code) === plain(typed);
}

function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}

/** As the database keeps it; what is missing is the default. */
export function readJoining(json: string): Joining {
  return { ...defaultJoining, ...(JSON.parse(json) as Partial<Joining>) };
}
