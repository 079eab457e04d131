import type { ChatKitEvents, OpenAIChatKit } from '@openai/chatkit';
import { translateCopiedEvents } from './copied-events.js';

export type Listeners = { [K in keyof ChatKitEvents]?: (event: ChatKitEvents[K]) => void };

/** The element, as large as its box. Before its script has come it is an empty element, which becomes what it is later. */
export function createElement(tag: string, listeners: Listeners): OpenAIChatKit {
  const element = document.createElement(tag) as OpenAIChatKit;
  Object.assign(element.style, { display: 'block', width: '100%', height: '100%' });
  translateCopiedEvents(element);
  for (const [name, listener] of Object.entries(listeners)) element.addEventListener(name, listener as EventListener);
  return element;
}
