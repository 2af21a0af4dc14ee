/** Addresses to listen at, as config.json writes them: `127.0.0.1:2525`, `[::]:25`, `localhost:0`. */

export type ListenAddress = { readonly host: string; readonly port: number };

/** Undefined when the text is none. */
export function parseListen(text: string): ListenAddress | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  const host = match?.[1] ?? match?.[2];
  return host === undefined || port > 65_535 ? undefined : { host, port };
}

/** The base of links where none is named: the listener's own URL. */
export function listenerUrl(value: { readonly listen: ListenAddress; readonly tls?: unknown }): string {
  const { host, port } = value.listen;
  return `${value.tls === undefined ? "http" : "https"}://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
