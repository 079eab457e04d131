import { warnOnPage } from '../options/page-warning.js';
import type { WidgetConfig } from '../options/widget-config.js';
import { domainKeyProblem } from './find-problem.js';
import { loadOfficial, loadSelfHosted, OFFICIAL_SCRIPT } from './load-script.js';
import { ChatKitMountError } from './mount-error.js';

/** How long `auto` waits for the official element before it takes the other. */
const AUTO_MS = 3_000;
const PATIENT_MS = 15_000;

export interface ChosenElement {
  tag: string;
  /** How long it may take until it says that it is ready. */
  readyWithinMs: number;
  /** The other element, for when this one does not come up. */
  fallBack: ((reason: Error) => Promise<ChosenElement>) | null;
}

/** Loads the element's script. Throws {@link ChatKitMountError}. */
export async function chooseElement({ renderer = 'auto', selfHostedUrl, scriptUrl = OFFICIAL_SCRIPT, domainKey }: WidgetConfig): Promise<ChosenElement> {
  if (renderer === 'self-hosted') return selfHosted(selfHostedUrl);
  const hasOther = renderer === 'auto' && selfHostedUrl !== undefined;
  const fallBack = (reason: Error): Promise<ChosenElement> => {
    warnOnPage(`The official element can't be used, the self-hosted one takes its place. ${reason.message}`);
    return selfHosted(selfHostedUrl);
  };
  const problem = domainKeyProblem(domainKey, location.hostname);
  if (problem && hasOther) return fallBack(problem);
  if (problem) throw problem;
  const readyWithinMs = hasOther ? AUTO_MS : PATIENT_MS;
  const began = Date.now();
  try {
    const tag = await loadOfficial(scriptUrl, readyWithinMs);
    return { tag, readyWithinMs: hasOther ? Math.max(AUTO_MS - (Date.now() - began), 500) : PATIENT_MS, fallBack: hasOther ? fallBack : null };
  } catch (error) {
    if (!hasOther || !(error instanceof Error)) throw error;
    return fallBack(error);
  }
}

async function selfHosted(url: string | undefined): Promise<ChosenElement> {
  if (url === undefined) throw new ChatKitMountError('script_blocked', "renderer: 'self-hosted' needs selfHostedUrl: where your app serves dist/chatkit.js of @chatkit-selfhost/element.");
  return { tag: await loadSelfHosted(url, PATIENT_MS), readyWithinMs: PATIENT_MS, fallBack: null };
}
