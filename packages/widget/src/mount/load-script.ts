import { ChatKitMountError } from './mount-error.js';
import { OFFICIAL_TAG } from './official-tag.js';

export const OFFICIAL_SCRIPT = 'https://cdn.platform.openai.com/deployments/chatkit/chatkit.js';
const SELF_HOSTED_TAG = 'chatkit-selfhosted';

const loading = new Map<string, Promise<void>>();

/** Once for each address, however many chats there are. A script that failed may be tried again. */
export function loadScript(source: string): Promise<void> {
  const address = new URL(source, document.baseURI).href;
  const known = loading.get(address);
  if (known) return known;
  const loaded = new Promise<void>((resolve, reject) => {
    const there = [...document.scripts].find(({ src }) => src === address);
    const script = there ?? document.createElement('script');
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      loading.delete(address);
      reject(new ChatKitMountError('script_blocked', `The script ${address} could not be loaded. A network, a firewall, an ad blocker or the page's Content-Security-Policy (script-src) keeps it away.`));
    });
    if (there) {
      // It may have loaded long ago.
      if (customElements.get(OFFICIAL_TAG)) resolve();
      return;
    }
    script.src = address;
    script.async = true;
    document.head.append(script);
  });
  loading.set(address, loaded);
  return loaded;
}

/** Loads the official element; resolves with its tag's name. */
export async function loadOfficial(source: string, withinMs: number): Promise<string> {
  if (!customElements.get(OFFICIAL_TAG)) {
    await within(Promise.race([loadScript(source).then(() => customElements.whenDefined(OFFICIAL_TAG)), customElements.whenDefined(OFFICIAL_TAG)]), withinMs, source);
  }
  return OFFICIAL_TAG;
}

/** Loads the self-hosted element, under a name of its own where the official one has come and not worked. */
export async function loadSelfHosted(source: string, withinMs: number): Promise<string> {
  const taken = customElements.get(OFFICIAL_TAG);
  await within(loadScript(source), withinMs, source);
  const { ChatKitElementModule } = globalThis as { ChatKitElementModule?: { ChatKitElement?: CustomElementConstructor } };
  const constructor = ChatKitElementModule?.ChatKitElement;
  if (!taken || !constructor || taken === constructor) return OFFICIAL_TAG;
  if (!customElements.get(SELF_HOSTED_TAG)) customElements.define(SELF_HOSTED_TAG, class extends constructor {});
  return SELF_HOSTED_TAG;
}

async function within(work: Promise<unknown>, milliseconds: number, source: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ChatKitMountError('element_timeout', `<${OFFICIAL_TAG}> was not there within ${String(milliseconds)} ms of asking for ${source}.`)), milliseconds);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
