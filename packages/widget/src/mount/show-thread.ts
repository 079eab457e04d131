import type { OpenAIChatKit } from '@openai/chatkit';
import { whenIdle } from './when-idle.js';

const WITHIN_MS = 1_500;

/** Has the element show another thread, or none. False when it refuses for long, or does not answer. */
export async function showThread(element: OpenAIChatKit, threadId: string | null, signal: AbortSignal): Promise<boolean> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]);
  const late = new Promise<false>((resolve) => over.addEventListener('abort', () => resolve(false), { once: true }));
  let shown = false;
  const asked = whenIdle(async () => {
    await element.setThreadId(threadId);
    shown = true;
  }, over);
  return Promise.race([asked.then(() => shown, () => false), late]);
}
