const allowed = new Set(['http:', 'https:', 'mailto:', 'chatkit-link:']);

/** Whether a link may be followed: http, https, mailto and chatkit-link, or relative to the page. */
export function isSafeLink(url: string): boolean {
  return safeLink(url) !== null;
}

/** The link's address made absolute, or null when its scheme isn't allowed. */
export function safeLink(url: string, base = 'https://page.invalid/'): string | null {
  try {
    const parsed = new URL(url.trim(), base);
    return allowed.has(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

export interface Deeplink {
  name: string;
  data: Record<string, string>;
}

/** Reads `chatkit-link://name?key=value`; null for any other address. */
export function parseDeeplink(url: string): Deeplink | null {
  const match = /^chatkit-link:(?:\/\/)?([^?#]*)(?:\?([^#]*))?/i.exec(url.trim());
  if (!match) return null;
  const name = decode((match[1] ?? '').replace(/\/+$/, ''));
  return { name, data: Object.fromEntries(new URLSearchParams(match[2] ?? '')) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
