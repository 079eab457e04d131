import { warnOnPage } from '../options/page-warning.js';

const REAL_NAMES: Record<string, string> = { message: 'chatkit.response.end', 'message-end': 'chatkit.response.end', error: 'chatkit.error' };

/** Listeners for events that ChatKit does not have hear of the ones that were meant. */
export function translateCopiedEvents(element: HTMLElement): void {
  for (const method of ['addEventListener', 'removeEventListener'] as const) {
    const original = element[method].bind(element) as (type: string, ...rest: unknown[]) => void;
    Object.defineProperty(element, method, {
      configurable: true, writable: true,
      value: (type: string, ...rest: unknown[]) => {
        const real = Object.hasOwn(REAL_NAMES, type) ? REAL_NAMES[type] : undefined;
        if (real !== undefined) warnOnPage(`<openai-chatkit> has no event "${type}": listening to "${real}" instead.`);
        original(real ?? type, ...rest);
      },
    });
  }
}
