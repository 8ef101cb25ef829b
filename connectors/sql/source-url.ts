/**
 * Parses the URL of a server.
 * @param misread makes the error of a URL that cannot be read. The URL may contain a password, and the caught error may contain the URL,
 * so neither is passed on.
 */
export function parseUrl(url: string, misread: (what: string) => Error): URL {
  try {
    const parsed = new URL(url);
    decodeURIComponent(parsed.pathname + parsed.username + parsed.password + parsed.hostname);
    if (/[@#]/.test(parsed.pathname + parsed.search + parsed.hash))
      throw new TypeError('a password that is not encoded');
    return parsed;
  } catch {
    throw misread('cannot be read');
  }
}
