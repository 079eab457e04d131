import { isAppError } from '../client/app-error.js';
import { ChatKitRequestError } from '../client/chatkit-request-error.js';
import { ChatKitMountError, toMountError } from './mount-error.js';

const PLACEHOLDER = /^(<.*>|.*(your|example|placeholder|change.?me|todo|xxx|local|\.\.\.).*|domain_pk_?)$/i;

/** A page that only its developer sees: there any key will do. */
export function isLocalHost(hostname: string): boolean {
  return hostname === '' || hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}

/** What is wrong with the domain key for the official element on this host; null: nothing that can be told. */
export function domainKeyProblem(domainKey: string | undefined, hostname: string): ChatKitMountError | null {
  if (isLocalHost(hostname)) return null;
  const remedy = `Add ${hostname} to the domain allowlist at https://platform.openai.com/settings/organization/security/domain-allowlist and pass its key as domainKey, or use the self-hosted element (selfHostedUrl).`;
  if (domainKey === undefined || domainKey.trim() === '') return new ChatKitMountError('domain_key_missing', `The official element shows nothing on ${hostname} without a domain key. ${remedy}`);
  if (PLACEHOLDER.test(domainKey.trim())) return new ChatKitMountError('domain_key_placeholder', `The domain key "${domainKey}" is a placeholder: the official element shows nothing on ${hostname} with it. ${remedy}`);
  return null;
}

/** A visible element without an area. One that is hidden on purpose has none either, and that is right. */
export function sizeProblem(element: HTMLElement): ChatKitMountError | null {
  const { width, height } = element.getBoundingClientRect();
  if (width > 0 && height > 0) return null;
  const hidden = typeof element.checkVisibility === 'function' && !element.checkVisibility();
  if (hidden || !element.isConnected) return null;
  return new ChatKitMountError('zero_size', `The chat's container is ${String(Math.round(width))} x ${String(Math.round(height))} pixels. Give it a height, such as height: 600px, and its parents one that is not auto.`);
}

/** Why no session came. Of a network error the browser says no more than that the request failed. */
export async function connectionProblem(error: unknown, url: string): Promise<ChatKitMountError> {
  if (error instanceof ChatKitRequestError && error.status > 0) {
    const answer = `${url} answered ${String(error.status)} (${error.code}: ${error.message})`;
    if (error.status === 404 || error.status === 405 || error.code === 'not_a_session') return new ChatKitMountError('server_failed', `${answer}. Is the ChatKit server mounted at ${url}?`, error);
    if (error.status >= 500) return new ChatKitMountError('server_failed', `${answer}.`, error);
    return new ChatKitMountError('session_refused', `${answer}. Is the user signed in, and does \`authenticate\` accept the request?`, error);
  }
  if (isAppError(error)) return toMountError(error, 'The app’s own headers failed:');
  // Anything but the TypeError of `fetch` comes from code of the app, such as a `fetch` of its own.
  if (!(error instanceof TypeError)) return toMountError(error, `The request to ${url} failed:`);
  if (location.protocol === 'https:' && url.startsWith('http:') && !isLocalHost(new URL(url).hostname)) {
    return new ChatKitMountError('server_unreachable', `A page loaded by https can't call ${url}: serve the API by https.`, error);
  }
  // Without CORS the answer can't be read, but it can be noticed.
  const there = await fetch(`${url}/healthz`, { mode: 'no-cors', cache: 'no-store' }).then(() => true, () => false);
  if (!there) return new ChatKitMountError('server_unreachable', `Nothing answers at ${url}. Is the server running, and does the page's Content-Security-Policy (connect-src) allow it?`, error);
  return new ChatKitMountError('cors_refused', `${url} answers, but does not allow requests from ${location.origin}. Add it to createChatKit({ cors: { origins: ['${location.origin}'] } }).`, error);
}
