import type { OpenAIChatKit } from '@openai/chatkit';
import { ChatKitMountError } from './mount-error.js';

/** Rejects with {@link ChatKitMountError} when the element does not say so in time. */
export function whenReady(element: OpenAIChatKit, withinMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new ChatKitMountError('not_ready', `<${element.localName}> did not become ready within ${String(withinMs)} ms. On a host other than localhost, check that ${location.hostname} is in the domain allowlist and that domainKey is its key; a Content-Security-Policy may also forbid the element's frame (frame-src) or requests.`));
    }, withinMs);
    element.addEventListener('chatkit.ready', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
