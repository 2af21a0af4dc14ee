/** What an SMTP sink is told to do: the words in which tests describe the servers of the world. */

/** Where in a session something odd happens; `text` is in the middle of the message, before its final dot. */
export type SinkStage = "connect" | "ehlo" | "starttls" | "auth" | "mail" | "rcpt" | "data" | "text" | "dot";

/** After the answer: go on; close in order; reset; say nothing ever again. `drip` sends the answer octet by octet and goes on. */
export type SinkThen = "on" | "close" | "reset" | "silence" | "drip";

export type OddAnswer = {
  readonly at: SinkStage;
  /** Lines parted by "\n"; nothing is said without it. */
  readonly say?: string;
  readonly then?: SinkThen;
  /** Nothing is answered, to this or to what follows, before this resolves. */
  readonly after?: Promise<unknown>;
  /** At the dot: the copy is taken even though nothing is said. A 2xx takes it anyway. */
  readonly takes?: boolean;
};

/** A string answers RCPT. */
export type Answer = string | OddAnswer;

export type SinkScript = {
  /** By recipient: a list has one answer for each attempt and then all is well; an answer alone is given for ever. */
  readonly recipients?: Readonly<Record<string, Answer | readonly Answer[]>>;
  /** By number of the connection, from 1. */
  readonly connections?: Readonly<Record<number, OddAnswer>>;
  /** To every connection that has none of its own. */
  readonly everyConnection?: OddAnswer;
  /** Keywords in the answer to EHLO, instead of the usual ones. STARTTLS and AUTH are added where they are offered. */
  readonly offers?: readonly string[];
  readonly tls?: "starttls" | "implicit";
  readonly login?: { readonly user: string; readonly password: string; readonly mechanisms: string };
  /** Recipients in one connection; the next gets 452 4.5.3. */
  readonly sessionLimit?: number;
};

export const usualOffers: readonly string[] = ["PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES", "SIZE 50000000"];

/** A copy that the sink took. */
export type SunkCopy = {
  readonly mailFrom: string;
  /** The parameters of MAIL, in capitals. */
  readonly parameters: string;
  readonly rcptTo: string;
  /** The message with its dots unstuffed. */
  readonly text: Buffer;
  readonly connection: number;
  readonly encrypted: boolean;
  /** Whether the client was told. */
  readonly answered: boolean;
};
