/** Where to go after signing in or changing the language: only ever to a page of our own. */

const anywhere = "http://kairan.invalid";

/** The path and query when the text is a place on this server, else "/". Browsers read `//host` and `/\host` as other servers. */
export function localPath(text: string): string {
  if (!text.startsWith("/") || text.length > 2000 || /[\0-\x20\\]/.test(text)) return "/";
  const url = URL.parse(text, anywhere);
  // What is left of `/.//host` once its dots are resolved begins with two slashes, and is another server again.
  return url?.origin === anywhere && !url.pathname.startsWith("//") ? `${url.pathname}${url.search}` : "/";
}
