/** For development: where `npx` examples and the documentation start their server. */
export const DEFAULT_URL = 'http://localhost:8000/agent';

/** Absolute, without a slash at the end. Relative addresses stay as they are where there is no page (while rendering on a server). */
export function resolveUrl(url: string): string {
  const base = typeof document === 'undefined' ? undefined : document.baseURI;
  const trimmed = url.replace(/\/+$/, '');
  return base === undefined ? trimmed : new URL(trimmed === '' ? '/' : trimmed, base).href.replace(/\/+$/, '');
}

/** Whether an address lies below the API's: those, and no others, get the credential. */
export function isBelow(api: string, address: string): boolean {
  const [base, target] = [new URL(resolveUrl(api)), new URL(address, typeof document === 'undefined' ? undefined : document.baseURI)];
  return target.origin === base.origin && (target.pathname === base.pathname || target.pathname.startsWith(`${base.pathname.replace(/\/$/, '')}/`));
}
