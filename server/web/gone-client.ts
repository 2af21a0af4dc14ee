/** Who closes a page ends its stream, download or upload: nothing is wrong, and nothing is worth a line in the log. */

export function isGoneClient(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // HPE: what Node's parser says of a request that breaks off.
  return ["ERR_STREAM_PREMATURE_CLOSE", "ECONNRESET", "EPIPE"].includes(code) || code.startsWith("HPE_");
}
