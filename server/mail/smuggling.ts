/**
 * Mail within mail: a lone dot, of whatever line ends, and behind it the commands of another transaction. Nobody's program writes
 * that; it is meant for a server further on that takes some other dot for the end (SMTP smuggling, CVE-2023-51764).
 */

/** A dot alone on its line, odd blanks and control characters around it, and a MAIL command on the next. */
const hiddenTransaction = /(?:^|[\r\n])\0?\.[\0-\x20]*[\r\n]mail from:/i;
/** What may lie before a piece's end and still belong to such a place. */
const tailOctets = 64;

/** Looks at a message piece by piece as it streams in. */
export class SmugglingWatch {
  #tail = "";

  /** True when this piece, or the seam to the one before, holds another transaction. */
  sees(piece: Buffer): boolean {
    const text = this.#tail + piece.toString("latin1");
    this.#tail = text.slice(-tailOctets);
    return hiddenTransaction.test(text);
  }
}
