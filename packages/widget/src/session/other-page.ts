import { pageId } from './page-lifetime.js';

const ANSWER_WITHIN_MS = 150;

interface TabMessage {
  ask?: string;
  taken?: string;
}

/**
 * A duplicated tab starts with a copy of the other's storage. Whoever finds a record that a page holds asks whether that page is still
 * there; after a crash it is not.
 */
export function createPageRegister(name: string): { isAlive: (page: string) => Promise<boolean> } {
  // While rendering on a server there are no other tabs.
  if (typeof window === 'undefined' || typeof BroadcastChannel === 'undefined') return { isAlive: async () => false };
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.ask === pageId) channel.postMessage({ taken: pageId } satisfies TabMessage);
  });
  return {
    isAlive: (page) =>
      new Promise((resolve) => {
        const end = (alive: boolean): void => {
          clearTimeout(timer);
          channel.removeEventListener('message', listen);
          resolve(alive);
        };
        const listen = ({ data }: MessageEvent<TabMessage>): void => {
          if (data.taken === page) end(true);
        };
        const timer = setTimeout(end, ANSWER_WITHIN_MS, false);
        channel.addEventListener('message', listen);
        channel.postMessage({ ask: page } satisfies TabMessage);
      }),
  };
}
