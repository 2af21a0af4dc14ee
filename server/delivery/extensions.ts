/** What a server offered in its answer to EHLO (RFC 5321 section 4.1.1.1), as far as sending makes use of it. */

export type Extensions = {
  readonly pipelining: boolean;
  readonly eightBitMime: boolean;
  readonly size: boolean;
  readonly startTls: boolean;
  /** SASL mechanisms in capitals. */
  readonly auth: ReadonlySet<string>;
};

/** Reads the lines of the reply to EHLO; the first is the server's greeting. HELO offers nothing: pass no lines. */
export function readExtensions(lines: readonly string[]): Extensions {
  const offered = new Map<string, readonly string[]>();
  for (const line of lines.slice(1)) {
    // "AUTH=LOGIN" is how servers wrote it before RFC 2554, and some still do beside the proper line.
    const [keyword = "", ...parameters] = line
      .trim()
      .toUpperCase()
      .replace(/^AUTH=/, "AUTH ")
      .split(/\s+/);
    offered.set(keyword, [...(offered.get(keyword) ?? []), ...parameters]);
  }
  return {
    pipelining: offered.has("PIPELINING"),
    eightBitMime: offered.has("8BITMIME"),
    size: offered.has("SIZE"),
    startTls: offered.has("STARTTLS"),
    auth: new Set(offered.get("AUTH")),
  };
}
