/** An address somewhere in a line of a report: for people to read, never to decide on. */

/** Bounded at each place, so that a long line costs no more than its length. */
const pattern =
  /(?:^|[\s<:;,("'[=])((?:"[^"\s<>]{1,64}"|[\w!#$%&'*+/=?^`{|}~.-]{1,64})@[a-zA-Z0-9.-]{1,200}[a-zA-Z0-9])/;

/** The first address in a text, undefined when there is none. */
export function addressIn(text: string): string | undefined {
  return pattern.exec(text)?.[1];
}
