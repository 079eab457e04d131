import { pageId } from './page-lifetime.js';

/** A page whose main thread is busy answers late. Only where there are no locks. */
const ANSWER_WITHIN_MS = 400;

interface TabMessage {
  ask?: string;
  taken?: string;
}

export interface PageRegister {
  /** Resolves once other pages can see that this one is there. */
  entered: () => Promise<void>;
  isAlive: (page: string) => Promise<boolean>;
}

/**
 * Which pages are there. A duplicated tab starts with a copy of the other's storage: whoever finds a record that a page holds has to know
 * whether that page is still there; after a crash it is not.
 */
export function createPageRegister(name: string): PageRegister {
  // While rendering on a server there are no other tabs.
  if (typeof window === 'undefined') return { entered: () => Promise.resolve(), isAlive: () => Promise.resolve(false) };
  // Only secure pages have locks.
  const { locks } = navigator as Partial<Navigator>;
  return locks ? lockRegister(locks) : channelRegister(name);
}

const lockName = (page: string): string => `chatkit-selfhost page ${page}`;
let entering: Promise<void> | null = null;

/** A lock says that a page is there without that page having to answer: also while it is busy, or frozen. */
function lockRegister(locks: LockManager): PageRegister {
  entering ??= enter(locks);
  return {
    entered: () => entering ?? Promise.resolve(),
    isAlive: async (page) => {
      const { held } = await locks.query();
      return held?.some(({ name }) => name === lockName(page)) === true;
    },
  };
}

function enter(locks: LockManager): Promise<void> {
  return new Promise((resolve) => {
    const held = async (): Promise<void> => {
      resolve();
      // A page that is kept for Back must not hold a lock; and what was copied from it now finds nobody.
      await new Promise((leave) => window.addEventListener('pagehide', leave, { once: true }));
      window.addEventListener('pageshow', () => {
        entering = enter(locks);
      }, { once: true });
    };
    // Shared: another copy of this module may be on the page.
    locks.request(lockName(pageId), { mode: 'shared' }, held).catch(() => resolve());
  });
}

function channelRegister(name: string): PageRegister {
  if (typeof BroadcastChannel === 'undefined') return { entered: () => Promise.resolve(), isAlive: () => Promise.resolve(false) };
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.ask === pageId) channel.postMessage({ taken: pageId } satisfies TabMessage);
  });
  return {
    entered: () => Promise.resolve(),
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
